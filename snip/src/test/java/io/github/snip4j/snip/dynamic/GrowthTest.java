package io.github.snip4j.snip.dynamic;

import static io.github.snip4j.snip.dynamic.MovingTrainings.SCHEDULE;
import static io.github.snip4j.snip.dynamic.MovingTrainings.SEED;
import static io.github.snip4j.snip.dynamic.MovingTrainings.SGD;
import static io.github.snip4j.snip.dynamic.MovingTrainings.counts;
import static io.github.snip4j.snip.dynamic.MovingTrainings.sparse;
import static io.github.snip4j.snip.dynamic.MovingTrainings.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.SmallNetworks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where connections grow: by the gradient, by momentum, and in which layers. */
class GrowthTest {
  @Test
  void riglGrowsWhereTheGradientOfTheStepIsLargest() {
    Network network = sparse(SmallNetworks.connected(8, 3));
    Parameter w = network.parameter("fc1.weight");
    Tensor[] seen = new Tensor[1];
    int[][] kept = new int[1][];
    Callback looking =
        new Callback() {
          @Override
          public void afterUpdate(long number, Pass pass, Gradients gradients) {
            if (number == 3) {
              seen[0] = gradients.of(pass.values(w)).copy();
              int[] stay = DropRule.smallestMagnitude().survivors(w.value(), 0.5);
              kept[0] = stay;
              for (int k = 0; k < stay.length; k++) {
                kept[0][k] = w.structure().positions()[stay[k]];
              }
            }
          }

          @Override
          public void afterStep(Step step) {}
        };
    UpdateSchedule schedule = new UpdateSchedule(3, 3, 4, 0.5);
    MovingConnections moving = new MovingConnections(MoveRules.rigl(), schedule, network, SEED);
    train(network, new Optimizer(SGD, network), 3, looking, moving);
    assertThat(kept[0]).hasSize(3); // of 6
    boolean[] expected = new boolean[w.size()];
    for (int position : kept[0]) {
      expected[position] = true;
    }
    for (int n = 0; n < 3; n++) {
      int best = -1;
      for (int i = 0; i < expected.length; i++) {
        if (!expected[i] && (best < 0 || Math.abs(seen[0].at(i)) > Math.abs(seen[0].at(best)))) {
          best = i;
        }
      }
      expected[best] = true;
    }
    assertThat(Mask.of(w.structure()).toArray()).isEqualTo(expected);
  }

  @Test
  void momentumIsAMeanOfDenseGradientsThatForgets() {
    Network network = sparse(SmallNetworks.connected(8, 3));
    Parameter w = network.parameter("fc1.weight");
    List<Tensor> gradients = new ArrayList<>();
    Callback looking =
        new Callback() {
          @Override
          public void afterUpdate(long number, Pass pass, Gradients of) {
            gradients.add(of.of(pass.values(w)).copy());
          }

          @Override
          public void afterStep(Step step) {}
        };
    MovingConnections moving =
        new MovingConnections(MoveRules.sparseMomentum(), SCHEDULE, network, SEED);
    train(network, new Optimizer(SGD, network), 2, looking, moving);
    Tensor mean = Objects.requireNonNull(moving.state().momentum().get("fc1.weight"));
    for (int i = 0; i < mean.size(); i++) {
      double expected = 0.09 * gradients.get(0).at(i) + 0.1 * gradients.get(1).at(i);
      assertThat((double) mean.at(i)).isCloseTo(expected, within(1e-7));
    }
  }

  @Test
  void redistributionGivesLayersThatLearnMoreMoreConnections() {
    // ∂L/∂w of fc2 is much larger than that of fc1, whose inputs are 0.001 of a normal number
    Network network = sparse(SmallNetworks.connected(40, 20, 10));
    Map<String, Integer> before = counts(network);
    MovingConnections moving =
        new MovingConnections(
            MoveRules.rigl().with(Redistribution.GRADIENT), SCHEDULE, network, SEED);
    BatchSource tiny =
        new BatchSource() {
          @Override
          public Batch at(long step) {
            Batch batch = SmallNetworks.batch(network, step, 9);
            for (int i = 0; i < batch.x().size(); i++) {
              batch.x().put(i, 0.001f * batch.x().at(i));
            }
            return batch;
          }

          @Override
          public int batchesPerEpoch() {
            return 100;
          }
        };
    for (Parameter p : network.parameters()) {
      if (p.name().equals("fc1.bias")) { // so that fc2 has inputs
        Arrays.fill(p.value().data(), 1f);
        p.changed();
      }
    }
    Trainer.fit(
        network, tiny, new Optimizer(SGD, network), Schedule.constant(1e-6), 3, SEED, moving);
    Map<String, Integer> after = counts(network);
    assertThat(after.get("fc2.weight")).isGreaterThan(before.get("fc2.weight"));
    assertThat(after.get("fc1.weight")).isLessThan(before.get("fc1.weight"));
  }
}
