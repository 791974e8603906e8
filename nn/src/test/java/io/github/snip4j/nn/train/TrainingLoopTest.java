package io.github.snip4j.nn.train;

import static io.github.snip4j.nn.train.SmallTask.DATA;
import static io.github.snip4j.nn.train.SmallTask.SEED;
import static io.github.snip4j.nn.train.SmallTask.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** When training stops, and averages that follow its steps. */
class TrainingLoopTest {
  @Test
  void stopsWhenValidationDoesNotImprove() {
    Network network = network(0);
    Optimizer optimizer = new Optimizer(new Sgd(0, false, 0), network);
    BatchSource batches = DATA.inOrder(48);
    BestOnValidation best = new BestOnValidation(network, batches, 1, 1000);
    long done =
        Trainer.fit(
            network,
            batches,
            optimizer,
            Schedule.piecewise(0.1, 0, 7), // nothing moves from step 7 on
            1000,
            SEED,
            best,
            new EarlyStopping(best, 5));
    assertThat(done).isBetween(6L, 12L); // 5 steps after the last that was better, at most the 7th
    assertThat(optimizer.steps()).isEqualTo(done);
  }

  @Test
  void interruptionIsNoticedAndStays() {
    Network network = network(0);
    Optimizer optimizer = new Optimizer(new Sgd(0, false, 0), network);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                Trainer.fit(
                    network,
                    DATA.inOrder(12),
                    optimizer,
                    Schedule.constant(0.1),
                    100,
                    SEED,
                    step -> {
                      if (step.number() == 3) {
                        Thread.currentThread().interrupt();
                      }
                    }))
        .withMessage("training: interrupted after step 3");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(optimizer.steps()).isEqualTo(3);
  }

  @Test
  void averagesFollowTheParameters() {
    Network network = network(0);
    AveragedParameters averaged = new AveragedParameters(network, 0.75);
    List<Float> values = new ArrayList<>();
    values.add(network.parameter("fc2.bias").value().at(0));
    Optimizer optimizer = new Optimizer(new Sgd(0, false, 0), network);
    Trainer.fit(
        network,
        DATA.inOrder(12),
        optimizer,
        Schedule.constant(0.5),
        4,
        SEED,
        averaged,
        step -> values.add(network.parameter("fc2.bias").value().at(0)));
    double expected = values.get(0);
    for (int i = 1; i < values.size(); i++) {
      expected = 0.75 * expected + 0.25 * values.get(i);
    }
    assertThat((double) averaged.network().parameter("fc2.bias").value().at(0))
        .isCloseTo(expected, within(1e-7));
    assertThat(network.parameter("fc2.bias").value().at(0)).isEqualTo(values.get(4));
  }
}
