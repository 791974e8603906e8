package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.AugmentationKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.DrawSpec;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.options.SampleChoice;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.Sampling;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.datasets.augment.Augmentation;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.Model;
import java.util.List;

/** Derives one random stream per purpose from the seed of a run. */
public final class RunSeeds {
  private final Seed seed;
  private final DrawSpec draw;

  /** All draws of one run, first weights as usual. */
  public RunSeeds(long seed) {
    this(seed, DrawSpec.USUAL);
  }

  /** All draws of one run. */
  public RunSeeds(RunOptions options) {
    this(options.seed(), options.draw());
  }

  /** All draws of one run. */
  public RunSeeds(long seed, DrawSpec draw) {
    this.seed = new Seed(seed);
    this.draw = draw;
  }

  /** The network whose connections are scored. */
  public Network network(Model model) {
    return draw.scored(model, seed.child("network"));
  }

  /** A second network, independent of the first: what the authors' code trains. */
  public Network redrawn(Model model) {
    return draw.trained(model, seed.child("redraw"));
  }

  /**
   * The parts of a dataset, under their true labels.
   *
   * @throws IllegalArgumentException if there are fewer to train on than are asked for
   */
  public Splits splits(Pictures pictures, DataSpec spec) {
    Splits splits = (spec.invert() ? pictures.inverted() : pictures).split(seed.child("data"));
    Integer limit = spec.limit();
    if (limit == null) {
      return splits;
    }
    if (limit > splits.train().size()) {
      throw new OptionException(
          "%s %s: expected at most %s, the number of training examples",
          OptionException.field("limit"), limit, splits.train().size());
    }
    return splits.limited(limit);
  }

  /** The parts of a dataset under the labels that are trained on. */
  public Splits labelled(Splits splits, DataSpec spec) {
    return spec.labels() == DataSpec.Labels.TRUE
        ? splits
        : splits.withRandomLabels(seed.child("labels"));
  }

  /**
   * The mini-batch that connections are scored on: with true labels, and not augmented.
   *
   * @throws IllegalArgumentException if there are no such examples, or a balanced batch is too
   *     small for one of each class
   */
  public Batch sensitivityBatch(Splits splits, int size, DataSpec spec) {
    int classes = splits.train().data().classes();
    if (spec.sensitivityFrom().equals("balanced") && size < classes) {
      Object from = OptionException.field("sensitivityFrom");
      throw new OptionException(
          "%s balanced: %s examples cannot be of each of %s classes: expected %s %s or more, or %s"
              + " random",
          from, size, classes, OptionException.field("sensitivityBatch"), classes, from);
    }
    Sampling sampling = SampleChoice.of(spec.sensitivityFrom(), splits.train().data().classNames());
    return splits.train().sample(size, sampling, seed.child("sensitivity"));
  }

  /** Examples of one class, as {@link #sensitivityBatch} draws them from {@code class:K}. */
  public Batch ofClass(Splits splits, int size, int label) {
    return splits.train().sample(size, Sampling.ofClass(label), seed.child("sensitivity"));
  }

  /**
   * The batches that connections are scored on, of which {@link #sensitivityBatch} is the first;
   * or, for {@link ScoringSpec#ALL}, those of all training examples in their order.
   *
   * @return each is made when it is asked for, and not kept
   * @throws IllegalArgumentException if there are no such examples
   */
  public List<Batch> sensitivityBatches(Splits splits, int size, int count, DataSpec spec) {
    if (count == ScoringSpec.ALL) {
      if (!spec.sensitivityFrom().equals("random")) {
        throw new OptionException(
            "%s all: every training example is scored on: expected no %s",
            OptionException.field("batches"), OptionException.field("sensitivityFrom"));
      }
      BatchSource all = splits.train().inOrder(Math.min(size, splits.train().size()));
      return new BatchList(all.batchesPerEpoch(), all::at);
    }
    Batch first = sensitivityBatch(splits, size, spec);
    Sampling sampling = SampleChoice.of(spec.sensitivityFrom(), splits.train().data().classNames());
    Seed own = seed.child("sensitivity");
    return new BatchList(
        count, i -> i == 0 ? first : splits.train().sample(size, sampling, own.child((long) i)));
  }

  /** What a criterion draws, and which connections a shuffled mask keeps. */
  public Seed pruning() {
    return seed.child("pruning");
  }

  /** What a criterion draws. */
  public Seed criterion() {
    return pruning().child("criterion");
  }

  /**
   * Training examples to look at.
   *
   * @param choice as in {@link SampleChoice}
   */
  public Batch shown(Splits splits, int size, String choice, AugmentationKind augment) {
    Sampling sampling = SampleChoice.of(choice, splits.train().data().classNames());
    Augmentation recipe = augment.recipe();
    Seed own = seed.child("show");
    return recipe == null
        ? splits.train().sample(size, sampling, own)
        : splits.train().sample(size, sampling, recipe, own);
  }

  /** The order of the training examples. */
  Seed shuffle() {
    return seed.child("shuffle");
  }

  /** Where connections grow at random. */
  Seed growth() {
    return seed.child("growth");
  }

  /** What training passes draw. */
  Seed training() {
    return seed.child("train");
  }
}
