package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import org.junit.jupiter.api.Test;

class FirstNonFiniteTest {
  private static final String ADVICE = "; a smaller learning rate may help";

  private final Batch batch = new Batch(RandomTensors.normal(1, 5, 4), new int[] {0, 1, 2, 0});
  private final Network network =
      new Network(
          "small",
          Shape.of(5),
          3,
          new Sequential(
              linear("fc1", 5, 8), new Relu(), linear("fc2", 8, 8), linear("fc3", 8, 3)));

  @Test
  void allIsWell() {
    assertThat(origin()).isEmpty();
  }

  @Test
  void aParameterThatIsNotANumber() {
    network.parameter("fc2.bias").value().set(Float.NaN, 3);
    assertThat(origin())
        .isEqualTo(
            "fc2.bias was the first to be NaN, in the update before or from the start" + ADVICE);
  }

  @Test
  void theFirstOfSeveralOnTheWayToTheLoss() {
    network.parameter("fc3.weight").value().set(Float.NaN, 0, 0);
    network.parameter("fc2.weight").value().set(Float.NEGATIVE_INFINITY, 0, 0);
    assertThat(origin())
        .isEqualTo(
            "fc2.weight was the first to be infinite, in the update before or from the start"
                + ADVICE);
  }

  @Test
  void aSumThatOverflows() {
    network.parameter("fc2.weight").value().copyFrom(Tensor.full(Shape.of(8, 8), 3e38f));
    network.parameter("fc1.bias").value().copyFrom(Tensor.full(Shape.of(8), 100f));
    assertThat(origin()).isEqualTo("the output of fc2 was the first to be infinite" + ADVICE);
  }

  /** A training step computes the two in one, which would show 0 in its place. */
  @Test
  void aBatchNormThatOverflowsBelowARectifier() {
    Network normalized =
        new Network(
            "test",
            Shape.of(1),
            2,
            new Sequential(
                new BatchNorm("bn", 1),
                new Relu(),
                new Linear("fc", 1, 2, VarianceScaling.lecun(), new Seed(1))));
    normalized.parameter("bn.weight").value().set(2.5e38f, 0);
    Tensor x = Tensor.of(Shape.of(1, 5), -2f, 0.5f, 0.5f, 0.5f, 0.5f);
    Batch low = new Batch(x, new int[] {0, 1, 0, 1, 0});
    assertThat(FirstNonFinite.of(normalized, low, new Seed(1)))
        .isEqualTo("the output of bn was the first to be infinite" + ADVICE);
  }

  @Test
  void aLossThatOverflowsThoughTheLogitsDoNot() {
    network.parameter("fc3.bias").value().copyFrom(Tensor.of(Shape.of(3), 3e38f, -3e38f, 0f));
    Batch ones = new Batch(batch.x(), new int[] {1, 1, 1, 1});
    assertThat(FirstNonFinite.of(network, ones, new Seed(1)))
        .isEqualTo("what follows fc3 was the first to be infinite" + ADVICE);
  }

  @Test
  void aBatchThatIsSpoilt() {
    batch.x().set(Float.NaN, 2, 2);
    assertThat(origin())
        .isEqualTo(
            "the batch itself holds NaN in example 2 of 4, counted from 0: no learning rate helps,"
                + " mend the data");
  }

  private BatchSource always() {
    return new BatchSource() {
      @Override
      public Batch at(long step) {
        return batch;
      }

      @Override
      public int batchesPerEpoch() {
        return 1;
      }
    };
  }

  @Test
  void aSpoiltBatchIsNotBlamedOnTheLearningRate() {
    batch.x().set(Float.POSITIVE_INFINITY, 0, 3);
    Optimizer optimizer = new Optimizer(new Sgd(0, false, 0), network);
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(
            () -> Trainer.fit(network, always(), optimizer, Schedule.constant(0.1), 1, new Seed(2)))
        .withMessageEndingWith(
            "the batch itself holds infinity in example 3 of 4, counted from 0: no learning rate"
                + " helps, mend the data")
        .withMessageStartingWith("training diverged: the loss is NaN at step 1");
  }

  @Test
  void trainingThatDivergesSaysStepRateAndLayer() {
    BatchSource source = always();
    Optimizer optimizer = new Optimizer(new Sgd(0, false, 0), network);
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(
            () -> Trainer.fit(network, source, optimizer, Schedule.constant(1e20), 10, new Seed(2)))
        .withMessageMatching(
            "training diverged: the loss is (NaN|Infinity) at step [23] with learning rate 1.0E20;"
                + " the output of fc[123] was the first to be (NaN|infinite);"
                + " a smaller learning rate may help");
  }

  private String origin() {
    return FirstNonFinite.of(network, batch, new Seed(1));
  }

  private static Linear linear(String name, int in, int out) {
    return new Linear(name, in, out, VarianceScaling.glorot(), new Seed(1));
  }
}
