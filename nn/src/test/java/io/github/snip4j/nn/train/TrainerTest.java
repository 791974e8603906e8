package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
  /** Two clouds of points, one around (2, 0) and one around (-2, 0), 50 at a time. */
  private static final BatchSource CLOUDS =
      new BatchSource() {
        @Override
        public Batch at(long step) {
          Seed seed = new Seed(9).child(step % 4);
          Tensor x = Tensor.zeros(Shape.of(2, 50));
          int[] labels = new int[50];
          for (int i = 0; i < 50; i++) {
            labels[i] = i % 2;
            x.set((float) (seed.normal(i) + (i % 2 == 0 ? 2 : -2)), 0, i);
            x.set((float) seed.normal(1000 + i), 1, i);
          }
          return new Batch(x, labels);
        }

        @Override
        public int batchesPerEpoch() {
          return 4;
        }
      };

  private final Network network =
      new Network(
          "line", Shape.of(2), 2, new Linear("fc", 2, 2, VarianceScaling.glorot(), new Seed(1)));

  @Test
  void learnsToTellTwoCloudsApartAndReportsEachStep() {
    List<Callback.Step> steps = new ArrayList<>();
    fit(0.1, 200, steps::add);
    assertThat(steps).hasSize(200);
    assertThat(steps.get(199).number()).isEqualTo(200);
    assertThat(steps.get(199).examples()).isEqualTo(50);
    assertThat(steps.get(199).loss()).isLessThan(0.5f * steps.get(0).loss());
    assertThat(Evaluation.of(network, CLOUDS).error()).isLessThan(0.06);
    assertThat(Evaluation.of(network, CLOUDS).examples()).isEqualTo(200);
  }

  @Test
  void aLossThatIsNotANumberStopsWithTheStepAndTheRate() {
    network.parameter("fc.weight").value().set(Float.NaN, 0, 0);
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() -> fit(0.1, 10, step -> {}))
        .withMessage(
            "training diverged: the loss is NaN at step 1 with learning rate 0.1; fc.weight was the"
                + " first to be NaN, in the update before or from the start; a smaller learning rate"
                + " may help");
  }

  @Test
  void theBestParametersOnValidationAreKept() {
    BestOnValidation best = new BestOnValidation(network, CLOUDS, 10, 60);
    fit(
        0.1,
        60,
        step -> {
          if (step.number() == 45) { // from here on it is spoilt
            network.parameter("fc.weight").value().copyFrom(Tensor.zeros(Shape.of(2, 2)));
            network.parameter("fc.bias").value().set(-1e9f, 0);
          }
        },
        best);
    assertThat(best.best().step()).isBetween(10L, 40L);
    network.restore(best.best().network());
    assertThat(Evaluation.of(network, CLOUDS)).isEqualTo(best.best().evaluation());
  }

  @Test
  void beforeAStepNoNetworkIsTheBest() {
    BestOnValidation best = new BestOnValidation(network, CLOUDS, 10, 60, 35);
    fit(
        0.1,
        60,
        step -> {
          if (step.number() == 32) { // as by pruning: what comes after is worse
            network.parameter("fc.weight").value().copyFrom(Tensor.zeros(Shape.of(2, 2)));
            network.parameter("fc.bias").value().set(-1e9f, 0);
          }
        },
        best);
    assertThat(best.best().step()).isBetween(40L, 60L);
    network.restore(best.best().network());
    assertThat(Evaluation.of(network, CLOUDS)).isEqualTo(best.best().evaluation());
  }

  @Test
  void theLastStepIsValidatedThoughItEndsNoInterval() {
    BestOnValidation best = new BestOnValidation(network, CLOUDS, 1_000, 75);
    fit(0.1, 75, best);
    assertThat(best.best().step()).isEqualTo(75);
    assertThat(Evaluation.of(network, CLOUDS)).isEqualTo(best.best().evaluation());
  }

  @Test
  void aNetworkThatHasGoneWrongIsRightAboutNothing() {
    network.parameter("fc.weight").value().set(Float.NaN, 1, 0);
    assertThat(Evaluation.of(network, CLOUDS).error()).isEqualTo(1);
  }

  private void fit(double rate, int steps, Callback... callbacks) {
    Trainer.fit(
        network,
        CLOUDS,
        new Optimizer(new Sgd(0.9, false, 0), network),
        Schedule.constant(rate),
        steps,
        new Seed(2),
        callbacks);
  }
}
