package io.github.snip4j.snip.dynamic;

import static io.github.snip4j.snip.dynamic.MovingTrainings.SCHEDULE;
import static io.github.snip4j.snip.dynamic.MovingTrainings.SEED;
import static io.github.snip4j.snip.dynamic.MovingTrainings.SGD;
import static io.github.snip4j.snip.dynamic.MovingTrainings.counts;
import static io.github.snip4j.snip.dynamic.MovingTrainings.differences;
import static io.github.snip4j.snip.dynamic.MovingTrainings.sparse;
import static io.github.snip4j.snip.dynamic.MovingTrainings.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Group;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.OptimizerSnapshot;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.snip.SmallNetworks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that move while networks of all kinds are trained. */
class MovingConnectionsTest {
  @ParameterizedTest
  @MethodSource("io.github.snip4j.snip.dynamic.MovingTrainings#networksAndRules")
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
  @MethodSource("io.github.snip4j.snip.dynamic.MovingTrainings#networksAndRules")
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
  @MethodSource("io.github.snip4j.snip.dynamic.MovingTrainings#networksAndRules")
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

  @ParameterizedTest
  @MethodSource("io.github.snip4j.snip.dynamic.MovingTrainings#rules")
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
