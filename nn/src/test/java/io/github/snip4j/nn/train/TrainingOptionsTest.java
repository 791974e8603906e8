package io.github.snip4j.nn.train;

import static io.github.snip4j.nn.train.SmallTask.DATA;
import static io.github.snip4j.nn.train.SmallTask.SEED;
import static io.github.snip4j.nn.train.SmallTask.network;
import static io.github.snip4j.nn.train.SmallTask.trained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.ParameterGradients;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.objective.CrossEntropy;
import io.github.snip4j.nn.optim.Group;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens between a loss and the update of a step. */
class TrainingOptionsTest {
  private static void assertNear(Network a, Network b, double most) {
    a.state()
        .forEach(
            (name, value) -> {
              Tensor other = b.parameter(name).value();
              for (int i = 0; i < value.size(); i++) {
                assertThat((double) value.at(i))
                    .as(name + " " + i)
                    .isCloseTo(other.at(i), within(most));
              }
            });
  }

  @Test
  void fourBatchesAccumulatedAreOneFourTimesAsLarge() {
    Network one = trained(network(0), TrainingOptions.PLAIN, 48, 10);
    Network four = trained(network(0), TrainingOptions.PLAIN.accumulating(4), 12, 10);
    assertNear(four, one, 1e-6);
  }

  /** Batches count by what their mean is over, so that classes may weigh and labels be ignored. */
  @Test
  void weightedBatchesAccumulateByTheirWeights() {
    CrossEntropy weighted = CrossEntropy.PLAIN.weighted(1.0, 5.0, 0.1).ignoring(0);
    Network one = trained(network(0).with(weighted), TrainingOptions.PLAIN, 48, 5);
    Network three =
        trained(network(0).with(weighted), TrainingOptions.PLAIN.accumulating(3), 16, 5);
    assertNear(three, one, 1e-6);
  }

  @Test
  void eachAccumulatedBatchDrawsItsOwnDropout() {
    List<String> patterns = new ArrayList<>();
    Network network = network(0.5);
    Batch same = DATA.inOrder(1).at(0);
    BatchSource source =
        new BatchSource() {
          @Override
          public Batch at(long step) {
            return same;
          }

          @Override
          public int batchesPerEpoch() {
            return 1;
          }
        };
    Optimizer optimizer = new Optimizer(new Sgd(0, false, 0), network);
    // the gradient of fc2's weight is 0 in the columns that are dropped: of two draws, their mean
    for (int parts : new int[] {1, 2}) {
      Trainer.fit(
          network,
          source,
          optimizer,
          Schedule.constant(0),
          TrainingOptions.PLAIN.accumulating(parts),
          0,
          1,
          SEED,
          new Callback() {
            @Override
            public void afterStep(Step step) {}

            @Override
            public void afterUpdate(long number, Pass pass, Gradients gradients) {
              Tensor g = pass.gradient(network.parameter("fc2.weight"), gradients);
              StringBuilder pattern = new StringBuilder();
              for (int k = 0; k < 8; k++) {
                pattern.append(g.at(k) == 0 ? '0' : '1');
              }
              patterns.add(pattern.toString());
            }
          });
    }
    assertThat(patterns.get(0)).contains("0").isNotEqualTo(patterns.get(1));
  }

  private static ParameterGradients gradients(Network network) {
    Pass pass = Pass.training(SEED);
    return ParameterGradients.of(network, pass, network.loss(DATA.all(), pass).backward());
  }

  @Test
  void gradientsAreValues() {
    Network network = network(0);
    ParameterGradients g = gradients(network);
    double squares = 0;
    for (Tensor of : g.byName().values()) {
      for (float x : of.toArray()) {
        squares += (double) x * x;
      }
    }
    assertThat(g.norm()).isCloseTo(Math.sqrt(squares), within(1e-6));
    assertThat(g.clippedToNorm(0.01).norm()).isCloseTo(0.01, within(1e-8));
    assertThat(g.clippedToNorm(100)).isSameAs(g);
    assertThat(g.plus(g).of("fc1.bias").toArray()).isEqualTo(g.scaled(2).of("fc1.bias").toArray());
    for (float x : g.clippedToValue(0.02).of("fc2.weight").toArray()) {
      assertThat(Math.abs(x)).isLessThanOrEqualTo(0.02f);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.of("fc3.bias"))
        .withMessageContaining("none of fc3.bias among [fc1.weight");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.clippedToNorm(0))
        .withMessageContaining("above 0");
  }

  @Test
  void aStepMovesByTheClippedGradient() {
    Network network = network(0);
    float before = network.parameter("fc2.bias").value().at(1);
    ParameterGradients g = gradients(network).clippedToNorm(0.05);
    float expected = before - 0.1f * g.of("fc2.bias").at(1);
    Optimizer optimizer = new Optimizer(new Sgd(0, false, 0), network);
    Trainer.fit(
        network,
        DATA.inOrder(48),
        optimizer,
        Schedule.constant(0.1),
        TrainingOptions.PLAIN.clippingNorm(0.05),
        0,
        1,
        SEED);
    assertThat(network.parameter("fc2.bias").value().at(1)).isEqualTo(expected);
  }

  @Test
  void groupsHaveRatesOfTheirOwnAndFrozenOnesStay() {
    Network plain = trained(network(0), TrainingOptions.PLAIN, 48, 1);
    Network begin = network(0);
    Network network = network(0);
    Optimizer optimizer =
        new Optimizer(
            new Sgd(0.9, false, 1e-3),
            network,
            Group.frozen(p -> p.name().equals("fc1.weight")),
            Group.rate(0.5, p -> p.layer().equals("fc2")));
    Trainer.fit(network, DATA.inOrder(48), optimizer, Schedule.constant(0.1), 1, SEED);
    assertThat(network.parameter("fc1.weight").value().toArray())
        .isEqualTo(begin.parameter("fc1.weight").value().toArray());
    assertThat(network.parameter("fc1.bias").value().toArray())
        .isEqualTo(plain.parameter("fc1.bias").value().toArray());
    Tensor whole = plain.parameter("fc2.weight").value();
    Tensor half = network.parameter("fc2.weight").value();
    Tensor from = begin.parameter("fc2.weight").value();
    for (int i = 0; i < whole.size(); i++) {
      assertThat((double) half.at(i) - from.at(i))
          .isCloseTo(0.5 * (whole.at(i) - from.at(i)), within(1e-7));
    }
    assertThat(optimizer.state()).doesNotContainKey("fc1.weight.0");
    assertThat(optimizer.moves(network.parameter("fc1.weight"))).isFalse();
  }
}
