package io.github.snip4j.snip.dynamic;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.optim.UpdateRule;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.SmallNetworks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Trainings of small networks whose connections move. */
final class MovingTrainings {
  static final Seed SEED = new Seed(6);
  static final UpdateSchedule SCHEDULE = new UpdateSchedule(3, 0, 16, 0.5);
  static final UpdateRule SGD = new Sgd(0.9, false, 5e-4);

  private MovingTrainings() {}

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

  static void train(Network network, Optimizer optimizer, long steps, Callback... more) {
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

  static Network sparse(Network network) {
    return WholeGradientsTest.pruned(network, Storage.SPARSE);
  }

  static Map<String, Integer> counts(Network network) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    network.masks().forEach((name, mask) -> counts.put(name, mask.kept()));
    return counts;
  }

  /** How many positions the second masks keep that the first did not. */
  static int differences(Map<String, Mask> before, Map<String, Mask> after) {
    int count = 0;
    for (Map.Entry<String, Mask> one : after.entrySet()) {
      Mask then = Objects.requireNonNull(before.get(one.getKey()));
      for (int position : one.getValue().keptPositions()) {
        count += then.keeps(position) ? 0 : 1;
      }
    }
    return count;
  }
}
