package io.github.snip4j.snip.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Group;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.OptimizerSnapshot;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.optim.UpdateRule;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.SmallNetworks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that move while networks of all kinds are trained. */
class MovingConnectionsTest {
  private static final Seed SEED = new Seed(6);
  private static final UpdateSchedule SCHEDULE = new UpdateSchedule(3, 0, 16, 0.5);
  private static final UpdateRule SGD = new Sgd(0.9, false, 5e-4);

  static Stream<MoveRules> rules() {
    return Stream.of(
        MoveRules.set(),
        MoveRules.rigl(),
        MoveRules.sparseMomentum(),
        MoveRules.sparseMomentum().with(Redistribution.NONE),
        MoveRules.set().with(Redistribution.GRADIENT),
        MoveRules.rigl().with(Redistribution.GRADIENT),
        MoveRules.set().with(Redistribution.MOMENTUM));
  }

  static Stream<Arguments> networksAndRules() {
    return rules().flatMap(rules -> WholeGradientsTest.networks().map(n -> Arguments.of(n, rules)));
  }

  /** Batches of their own for each step. */
  private static BatchSource batches(Network network) {
    return new BatchSource() {
      @Override
      public Batch at(long step) {
        return SmallNetworks.batch(network, step, 9);
      }

      @Override
      public int batchesPerEpoch() {
        return 100;
      }
    };
  }

  private static void train(Network network, Optimizer optimizer, long steps, Callback... more) {
    Trainer.fit(
        network,
        batches(network),
        optimizer,
        Schedule.constant(0.01),
        optimizer.steps(),
        steps,
        SEED,
        more);
  }

  private static Network sparse(Network network) {
    return WholeGradientsTest.pruned(network, Storage.SPARSE);
  }

  private static Map<String, Integer> counts(Network network) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    network.masks().forEach((name, mask) -> counts.put(name, mask.kept()));
    return counts;
  }

  @ParameterizedTest
  @MethodSource("networksAndRules")
  void theNumberOfConnectionsStaysExactAndThoseThatMoveAreCounted(Network whole, MoveRules rules) {
    Network network = sparse(whole);
    Map<String, Mask> start = network.masks();
    Map<String, Integer> counts = counts(network);
    MovingConnections moving = new MovingConnections(rules, SCHEDULE, network, SEED);
    List<Integer> moved = new ArrayList<>();
    Map<String, Mask> before = new LinkedHashMap<>(start);
    train(
        network,
        new Optimizer(Adam.adam(0), network),
        20,
        moving,
        step -> {
          if (SCHEDULE.isDue(step.number())) {
            moved.add(differences(before, network.masks()));
            before.putAll(network.masks());
          } else {
            assertThat(differences(before, network.masks())).isZero();
          }
          int all = counts(network).values().stream().mapToInt(i -> i).sum();
          assertThat(all).isEqualTo(counts.values().stream().mapToInt(i -> i).sum());
        });
    if (rules.redistribution() == Redistribution.NONE) {
      assertThat(counts(network)).isEqualTo(counts);
    }
    counts.keySet().stream()
        .filter(name -> name.endsWith("bias"))
        .forEach(name -> assertThat(counts(network)).containsEntry(name, counts.get(name)));
    assertThat(moving.moves()).extracting(Move::step).containsExactly(3L, 6L, 9L, 12L, 15L);
    assertThat(moving.moves()).extracting(Move::moved).isEqualTo(moved);
    assertThat(moved.get(0)).isPositive();
    assertThat(moving.everAlive())
        .isBetween(
            network.masks().values().stream().mapToInt(Mask::kept).sum() + 1, moving.positions());
    network
        .parameters()
        .forEach(p -> assertThat(p.isPruned()).isEqualTo(start.containsKey(p.name())));
  }

  /** How many positions the second masks keep that the first did not. */
  private static int differences(Map<String, Mask> before, Map<String, Mask> after) {
    int count = 0;
    for (Map.Entry<String, Mask> one : after.entrySet()) {
      Mask then = Objects.requireNonNull(before.get(one.getKey()));
      for (int position : one.getValue().keptPositions()) {
        count += then.keeps(position) ? 0 : 1;
      }
    }
    return count;
  }

  /** Computes steps as moving connections do that need whole gradients in them. */
  private record WholeAt(MovingConnections like) implements Callback {
    @Override
    public boolean needsWholeGradients(long number) {
      return like.needsWholeGradients(number);
    }

    @Override
    public void afterStep(Step step) {}
  }

  @ParameterizedTest
  @MethodSource("networksAndRules")
  void whatExistsBeforeAndAfterKeepsItsBitsAndWhatIsNewIsZero(Network whole, MoveRules rules) {
    Network network = sparse(whole);
    Network still = network.on(Parameter::copy);
    Optimizer optimizer = new Optimizer(SGD, network);
    Optimizer stillOptimizer = new Optimizer(SGD, still);
    MovingConnections moving = new MovingConnections(rules, SCHEDULE, network, SEED);
    train(network, optimizer, 3, moving);
    train(still, stillOptimizer, 3, new WholeAt(moving));
    int fresh = 0;
    for (Parameter p : network.parameters()) {
      Parameter q = still.parameter(p.name());
      String name = p.name() + ".0";
      Tensor state = Objects.requireNonNull(optimizer.state().get(name));
      Tensor stillState = Objects.requireNonNull(stillOptimizer.state().get(name));
      int[] indices = p.structure().indicesIn(q.structure());
      assertThat(state.size()).isEqualTo(indices.length);
      for (int k = 0; k < indices.length; k++) {
        boolean existed = indices[k] >= 0;
        assertThat(p.value().at(k)).isEqualTo(existed ? q.value().at(indices[k]) : 0f);
        assertThat(state.at(k)).isEqualTo(existed ? stillState.at(indices[k]) : 0f);
        fresh += existed ? 0 : 1;
      }
    }
    assertThat(fresh).isEqualTo(moving.moves().get(0).moved()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("networksAndRules")
  void aTrainingThatWasInterruptedGoesOnWithTheSameBits(Network whole, MoveRules rules) {
    Network network = sparse(whole);
    Optimizer optimizer = new Optimizer(SGD, network);
    MovingConnections moving = new MovingConnections(rules, SCHEDULE, network, SEED);
    train(network, optimizer, 7, moving);
    NetworkSnapshot then = network.snapshot();
    OptimizerSnapshot optimizerThen = optimizer.snapshot();
    MovingConnections.State state = moving.state();
    Map<String, Tensor> means = new LinkedHashMap<>();
    state.momentum().forEach((name, mean) -> means.put(name, mean.copy()));
    train(network, optimizer, 20, moving);

    Network again = sparse(whole).restored(then);
    Optimizer optimizerAgain = new Optimizer(SGD, again);
    optimizerAgain.restore(optimizerThen);
    MovingConnections movingAgain = new MovingConnections(rules, SCHEDULE, again, SEED);
    movingAgain.restore(new MovingConnections.State(state.everAlive(), means, state.moves()));
    train(again, optimizerAgain, 20, movingAgain);
    assertThat(movingAgain.moves()).isEqualTo(moving.moves());
    assertThat(differences(network.masks(), again.masks())).isZero();
    network
        .state()
        .forEach(
            (name, value) ->
                assertThat(Objects.requireNonNull(again.state().get(name)).toArray())
                    .isEqualTo(value.toArray()));
  }

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

  @ParameterizedTest
  @MethodSource("rules")
  void connectionsOfAFrozenParameterStay(MoveRules rules) {
    Network network = sparse(SmallNetworks.connected(20, 15, 4));
    Map<String, Mask> before = network.masks();
    Optimizer optimizer =
        new Optimizer(SGD, network, Group.frozen(p -> p.name().equals("fc1.weight")));
    MovingConnections moving = new MovingConnections(rules, SCHEDULE, network, SEED);
    train(network, optimizer, 20, moving);
    Map<String, Mask> after = network.masks();
    Mask frozen = Objects.requireNonNull(after.get("fc1.weight"));
    assertThat(frozen.keptPositions())
        .isEqualTo(Objects.requireNonNull(before.get("fc1.weight")).keptPositions());
    assertThat(differences(before, after)).isPositive();
  }

  @Test
  void whatCannotMoveAndStatesOfOthersAreRefused() {
    Network whole = SmallNetworks.connected(8, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MovingConnections(MoveRules.set(), SCHEDULE, whole, SEED))
        .withMessage(
            "small: no connection can move, as all exist: expected a network that is pruned");
    Network network = sparse(whole);
    MovingConnections set = new MovingConnections(MoveRules.set(), SCHEDULE, network, SEED);
    MovingConnections momentum =
        new MovingConnections(MoveRules.sparseMomentum(), SCHEDULE, network, SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.restore(momentum.state()))
        .withMessageContaining("which these rules do not look at");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> momentum.restore(set.state()))
        .withMessageStartingWith("momentum: the state is of []: expected that of [fc1.weight,");
    Network other = sparse(SmallNetworks.connected(8, 3, 3));
    MovingConnections others = new MovingConnections(MoveRules.set(), SCHEDULE, other, SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.restore(others.state()))
        .withMessageContaining("expected that of [fc1.weight");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> others.restore(set.state()))
        .withMessageStartingWith("moving connections: the state says nothing");
    GrowRule tooFew = (vacancies, count) -> new int[0];
    MoveRules faulty = new MoveRules(DropRule.smallestMagnitude(), tooFew, Redistribution.NONE);
    MovingConnections moving = new MovingConnections(faulty, SCHEDULE, network, SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> train(network, new Optimizer(SGD, network), 3, moving))
        .withMessageStartingWith("grow rule: 0 positions for fc1.weight[3, 8]: expected 2");
  }
}
