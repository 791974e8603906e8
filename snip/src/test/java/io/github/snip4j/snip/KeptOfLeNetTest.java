package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import org.junit.jupiter.api.Test;

/** LeNet-300-100 on MNIST: what independent reproductions found of its masks. */
class KeptOfLeNetTest {
  private static final Pictures MNIST = Mnist.load();
  private static final int SEEDS = 6;

  private static Batch batch(Splits mnist, Seed seed) {
    return mnist.train().sample(100, seed.child("sensitivity"));
  }

  /** 3.3, 16.8 and 56 % are what a report to the ICLR 2019 reproducibility challenge gives. */
  @Test
  void overSeedsEachLayerKeepsTheShareThatOthersFound() {
    double[] mean = new double[3];
    for (long number = 1; number <= SEEDS; number++) {
      Seed seed = new Seed(number);
      Network network = LeNet300100.create(seed);
      Batch batch = batch(MNIST.split(seed), seed);
      Scores scores = ConnectionSensitivity.score(network, batch);
      Masks masks = Masks.keepTop(scores, Kappa.of(scores.size(), 0.95));
      for (int layer = 0; layer < mean.length; layer++) {
        Mask mask = masks.of("fc" + (layer + 1) + ".weight");
        mean[layer] += 100.0 * mask.kept() / mask.shape().size() / SEEDS;
      }
    }
    assertThat(mean[0]).isCloseTo(3.3, within(1.5));
    assertThat(mean[1]).isCloseTo(16.8, within(1.5));
    assertThat(mean[2]).isCloseTo(56, within(1.5));
  }

  /**
   * Frankle et al.: which connections of a layer are kept matters little, unless they are the
   * worst. Of the last layer's 1,000 weights the inverted mask keeps a dozen at most, and all goes
   * through the few units that they come from.
   */
  @Test
  void theInvertedMaskHardlyLearnsAndTheShuffledOneDoes() {
    double kept = 0;
    double shuffled = 0;
    double inverted = 0;
    for (long number = 1; number <= 3; number++) {
      Seed seed = new Seed(number);
      Network network = LeNet300100.create(seed);
      Splits mnist = MNIST.split(seed);
      Connections connections = Connections.of(network, batch(mnist, seed));
      Criterion snip = ConnectionSensitivity::score;
      Masks masks = Pruner.of(snip).prune(connections, 0.99);
      Masks opposite = Pruner.of(snip.inverted()).prune(connections, 0.99);
      kept += error(network, masks, mnist, seed) / 3;
      shuffled += error(network, masks.shuffled(seed.child("shuffle")), mnist, seed) / 3;
      inverted += error(network, opposite, mnist, seed) / 3;
    }
    assertThat(kept).isLessThan(0.2);
    assertThat(shuffled).isBetween(kept + 0.05, 0.4);
    assertThat(inverted).isGreaterThan(0.6);
  }

  /** After 400 steps. */
  private static double error(Network network, Masks masks, Splits mnist, Seed seed) {
    Network sparse = Sparsifier.compile(network, masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    BatchSource batches = mnist.train().shuffled(100, seed);
    Trainer.fit(sparse, batches, optimizer, Schedule.constant(0.05), 400, seed);
    return Evaluation.of(sparse, mnist.test().inOrder(1_000)).error();
  }
}
