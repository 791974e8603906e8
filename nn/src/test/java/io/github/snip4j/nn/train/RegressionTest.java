package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.data.Standardization;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.ModelCard;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Gelu;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.objective.CrossEntropy;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that are no classifiers. */
class RegressionTest {
  private static final double NOISE = 1;

  /**
   * Friedman's first set: y = 10 sin(π x1 x2) + 20 (x3 - 1/2)² + 10 x4 + 5 x5 + noise, with five
   * more columns that say nothing [Friedman, <i>Multivariate adaptive regression splines</i>, 1991,
   * section 4.3].
   */
  private static Batches friedman(int examples, Seed seed) {
    float[][] x = new float[examples][10];
    float[][] y = new float[examples][1];
    for (int n = 0; n < examples; n++) {
      for (int k = 0; k < 10; k++) {
        x[n][k] = (float) seed.child("x").uniform(10L * n + k);
      }
      double curve = 10 * Math.sin(Math.PI * x[n][0] * x[n][1]) + 20 * Math.pow(x[n][2] - 0.5, 2);
      double noise = NOISE * seed.child("noise").normal(n);
      y[n][0] = (float) (curve + 10 * x[n][3] + 5 * x[n][4] + noise);
    }
    return Batches.of(x, y);
  }

  private static Network network(int inputs, int outputs) {
    Seed seed = new Seed(5);
    VarianceScaling he = VarianceScaling.he();
    return new Network(
        "regression",
        Shape.of(inputs),
        outputs,
        new Sequential(
            new Linear("fc1", inputs, 32, he, seed),
            new Gelu(),
            new Linear("fc2", 32, 16, he, seed),
            new Gelu(),
            new Linear("fc3", 16, outputs, he, seed)));
  }

  @Test
  void reachesTheNoiseOfFriedmansSet(@TempDir Path folder) throws IOException {
    Batches.Split parts = friedman(60_000, new Seed(1)).split(0.25, new Seed(2));
    Standardization scale = parts.rest().standardization();
    Network network = network(10, 1).with(Objective.meanSquared());
    Trainer.fit(
        network,
        parts.rest().standardized(scale).shuffled(128, new Seed(3)),
        new Optimizer(Adam.adam(0), network),
        Schedule.cosine(0.01, 0, 6000),
        6000,
        new Seed(4));
    Batches test = parts.part().standardized(scale);
    RegressionMetrics metrics = RegressionMetrics.of(network, test.inOrder(500));
    assertThat(metrics.rmse()).isLessThan(1.05 * NOISE);
    assertThat(metrics.r2()).isGreaterThan(0.95);
    Evaluation evaluation = Evaluation.of(network, test.inOrder(500));
    assertThat(evaluation.loss()).isCloseTo(Math.pow(metrics.rmse(), 2), within(1e-5));
    assertThat(evaluation.wrong()).isEqualTo(Objective.NOT_COUNTED);
    assertThat(evaluation.error()).isNaN();

    Path file = folder.resolve("friedman.npz");
    NetworkFile.save(file, network, ModelCard.of(scale));
    NetworkFile.Saved read = NetworkFile.read(file);
    float[] example = {0.1f, 0.5f, 0.3f, 0.9f, 0.2f, 0.6f, 0.7f, 0.4f, 0.8f, 0.1f};
    float[] answer = read.network().predict(read.card().standardization().apply(example));
    assertThat(answer).isEqualTo(network.predict(scale.apply(example)));
    assertThat(read.network().objective()).isEqualTo(Objective.meanSquared());
  }

  @Test
  void filesKnowTheirObjective(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("network.npz");
    Network network = network(3, 2);
    for (Objective objective :
        new Objective[] {
          Objective.crossEntropy(),
          CrossEntropy.PLAIN.weighted(1.0, 0.25).smoothed(0.1).ignoring(-1),
          Objective.binaryCrossEntropy(),
          Objective.huber(1.5)
        }) {
      NetworkFile.save(file, network.with(objective), ModelCard.NONE);
      assertThat(NetworkFile.read(file).network().objective()).isEqualTo(objective);
    }
    Objective own = (y, targets) -> y;
    NetworkFile.save(file, network.with(own), ModelCard.NONE);
    Network read = NetworkFile.read(file).network();
    assertThat(read.predict(1, 2, 3)).isEqualTo(network.predict(1, 2, 3));
    Batches batches = Batches.of(new float[][] {{1, 2, 3}}, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluation.of(read, batches.inOrder(1)))
        .withMessageContaining("which is not built in: give it with Network.with(Objective)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read.predict(1, 2))
        .withMessage("regression: 2 numbers for one example: expected 3, which are [3]");
  }

  @Test
  void targetsThatAreNoNumbersAreNamed() {
    Network network = network(2, 1).with(Objective.meanSquared());
    Batches data =
        Batches.of(
            Tensor.of(Shape.of(2, 2), 1, 2, 3, 4),
            Targets.values(Tensor.of(Shape.of(1, 2), 5, Float.NaN)));
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(
            () ->
                Trainer.fit(
                    network,
                    data.inOrder(2),
                    new Optimizer(Adam.adam(0), network),
                    Schedule.constant(0.1),
                    1,
                    new Seed(1)))
        .withMessageContaining(
            "the targets hold NaN in example 1 of 2, counted from 0: no learning rate helps");
  }

  /** A batch whose labels are all ignored has no loss, and does not spoil that of the others. */
  @Test
  void batchesInWhichNothingCountsAreLeftOut() {
    Network network = network(1, 3).with(CrossEntropy.PLAIN.ignoring(-1));
    float[][] x = {{1}, {2}, {3}, {4}};
    Evaluation apart = Evaluation.of(network, Batches.of(x, -1, -1, 2, -1).inOrder(2));
    Evaluation together = Evaluation.of(network, Batches.of(x, -1, -1, 2, -1).inOrder(4));
    assertThat(apart.loss()).isCloseTo(together.loss(), within(1e-6));
    assertThat(apart.examples()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluation.of(network, Batches.of(x, -1, -1, -1, -1).inOrder(2)))
        .withMessage(
            "regression: nothing to evaluate: none of the targets counts, or there are none");
  }

  @Test
  void manyLabels() {
    float[][] x = new float[400][4];
    float[][] y = new float[400][2];
    for (int n = 0; n < x.length; n++) {
      for (int k = 0; k < 4; k++) {
        x[n][k] = (float) new Seed(8).normal(4L * n + k);
      }
      y[n][0] = x[n][0] > x[n][1] ? 1 : 0;
      y[n][1] = x[n][2] + x[n][3] > 0 ? 1 : 0;
    }
    Batches batches = Batches.of(x, y);
    Network network = network(4, 2).with(Objective.binaryCrossEntropy());
    assertThat(Evaluation.of(network, batches.inOrder(100)).error()).isGreaterThan(0.4);
    Trainer.fit(
        network,
        batches.shuffled(50, new Seed(1)),
        new Optimizer(Adam.adam(0), network),
        Schedule.constant(0.01),
        200,
        new Seed(1));
    assertThat(Evaluation.of(network, batches.inOrder(100)).error()).isLessThan(0.03);
  }
}
