package io.github.snip4j.nn.train;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.objective.Objective;

/**
 * How a network does on a set of examples, as its objective sees it.
 *
 * @param loss the objective's
 * @param wrong how many answers are wrong, as of a classifier those with the largest logit at
 *     another class; {@link Objective#NOT_COUNTED} if answers are not right or wrong
 * @param examples how many answers there are: one for each example, or for each of its positions
 */
public record Evaluation(double loss, int wrong, int examples) {
  /** The share of wrong answers, in [0, 1]; NaN if they are not right or wrong. */
  public double error() {
    return wrong == Objective.NOT_COUNTED ? Double.NaN : (double) wrong / examples;
  }

  /** Whether fewer answers are wrong, or where they are not counted the loss is less. */
  public boolean isBetterThan(Evaluation other) {
    return wrong == Objective.NOT_COUNTED
        ? Double.compare(loss, other.loss) < 0
        : wrong < other.wrong;
  }

  /**
   * How many examples a network can be evaluated on at once: as many as are wanted, or half of
   * them, or a quarter, so that their values fit into half of Java's memory.
   *
   * @param wanted at least 1
   */
  public static int batchSize(Network network, int wanted) {
    long each =
        Math.max(1, (bytes(network, 3) - bytes(network, 1)) / 2); // without what weights need
    int size = wanted;
    while (size > 1 && size * each > Runtime.getRuntime().maxMemory() / 2) {
      size = (size + 1) / 2;
    }
    return size;
  }

  private static long bytes(Network network, int examples) {
    Workspace workspace = new Workspace();
    workspace.run(() -> network.logits(Tensor.zeros(network.input().append(examples))));
    return workspace.bytes();
  }

  /**
   * One epoch of a source, in evaluation mode.
   *
   * @throws IllegalArgumentException if the examples do not fit the network, or there are none that
   *     count
   */
  public static Evaluation of(Network network, BatchSource source) {
    Objective objective = network.objective();
    Workspace workspace = new Workspace();
    double loss = 0;
    double count = 0;
    int wrong = 0;
    int examples = 0;
    for (int i = 0; i < source.batchesPerEpoch(); i++) {
      Batch batch = source.at(i);
      double weight = objective.count(batch.targets());
      Evaluation of =
          workspace.run(
              () -> {
                Tensor outputs = network.logits(batch.x());
                double mean = // of a batch in which nothing counts there is none
                    weight == 0
                        ? 0
                        : objective
                            .loss(Variable.constant(outputs), batch.targets())
                            .value()
                            .item();
                Objective.Answers answers = objective.answers(outputs, batch.targets());
                return new Evaluation(mean, answers.wrong(), answers.all());
              });
      loss += of.loss * weight;
      count += weight;
      wrong += of.wrong;
      examples += of.examples;
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          network.name() + ": nothing to evaluate: none of the targets counts, or there are none");
    }
    boolean counted = wrong >= 0;
    return new Evaluation(loss / count, counted ? wrong : Objective.NOT_COUNTED, examples);
  }
}
