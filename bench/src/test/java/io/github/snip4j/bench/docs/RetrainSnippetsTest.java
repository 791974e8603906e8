package io.github.snip4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.criterion.Magnitude;
import io.github.snip4j.snip.retrain.GradualPruning;
import io.github.snip4j.snip.retrain.Levels;
import io.github.snip4j.snip.retrain.PruningRounds;
import io.github.snip4j.snip.retrain.Rewinding;
import io.github.snip4j.snip.unit.KeptUnits;
import io.github.snip4j.snip.unit.UnitCriterion;
import io.github.snip4j.snip.unit.UnitGroup;
import io.github.snip4j.snip.unit.UnitSelection;
import io.github.snip4j.snip.unit.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on pruning trained networks shows: between two lines "// SHOWN". */
class RetrainSnippetsTest {
  private static final Seed SEED = new Seed(1);
  private static final Splits MNIST = Mnist.load().split(SEED);

  @TempDir Path folder;

  private static void train(Network network, double rate, int steps, Seed seed) {
    BatchSource batches = MNIST.train().shuffled(100, seed);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), network);
    Trainer.fit(network, batches, optimizer, Schedule.constant(rate), steps, seed);
  }

  private static double error(Network network) {
    return Evaluation.of(network, MNIST.test().inOrder(1_000)).error();
  }

  @Test
  void aTrainedNetworkIsPrunedInRounds() {
    Seed seed = SEED;
    Network network = LeNet300100.create(seed);
    // SHOWN
    Rewinding first = Rewinding.to(network);
    train(network, 0.1, 540, seed);
    Pruner magnitude = Pruner.of(new Magnitude());
    PruningRounds rounds = new PruningRounds(magnitude, Biases.SCORED, Levels.GEOMETRIC, 3, 0.95);
    Masks masks =
        rounds.run(
            network,
            List.of(),
            seed,
            (pruned, round) -> train(pruned, 0.05, 270, seed.child(round)));
    // SHOWN
    assertThat(masks.kept()).isEqualTo(13_331);
    assertThat(error(network)).isLessThan(0.04);
    // SHOWN
    first.apply(network); // a lottery ticket: the weights that are left, as they were drawn
    train(network, 0.1, 540, seed);
    // SHOWN
    assertThat(error(network)).isLessThan(0.05);
  }

  @Test
  void aNetworkIsPrunedWhileItIsTrained() {
    Seed seed = SEED;
    Network network = LeNet300100.create(seed);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), network);
    BatchSource batches = MNIST.train().shuffled(100, seed);
    Schedule rate = Schedule.constant(0.1);
    // SHOWN
    Pruner magnitude = Pruner.of(new Magnitude());
    GradualPruning.Ramp ramp = new GradualPruning.Ramp(Levels.CUBIC, 0.95, 20, 54, 324);
    GradualPruning gradual =
        new GradualPruning(network, magnitude, Biases.SCORED, List.of(), seed, ramp);
    Trainer.fit(network, batches, optimizer, rate, 540, seed, gradual);
    // SHOWN
    assertThat(gradual.levels()).hasSize(14);
    assertThat(gradual.levels().get(13).kept()).isEqualTo(13_331);
    assertThat(error(network)).isLessThan(0.06);
  }

  @Test
  void wholeUnitsAreTakenOut() throws IOException {
    Network network = LeNet300100.create(SEED);
    train(network, 0.1, 200, SEED);
    Batch batch = MNIST.train().sample(100, SEED);
    Path file = folder.resolve("smaller.npz");
    // SHOWN
    Units units = Units.of(network);
    Map<UnitGroup, double[]> scores =
        UnitCriterion.connectionSensitivity().score(network, units, batch);
    KeptUnits kept = UnitSelection.keepArithmetic(units, scores, 0.5);
    Network smaller = kept.network();
    NetworkFile.save(file, smaller);
    // SHOWN
    assertThat((double) kept.multiplyAdds() / units.multiplyAdds()).isCloseTo(0.5, within(0.01));
    assertThat(smaller.connections()).isLessThan(network.connections());
    assertThat(error(smaller)).isLessThan(0.5);
  }
}
