package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that are pruned after they were trained, in rounds, or while they are trained. */
class RetrainCommandTest extends CommandTestBase {
  private static final double M = 784 * 30 + 30 + 30 * 10 + 10;

  private Path run(String name, String... more) throws IOException {
    Path run = folder.resolve(name);
    List<String> words =
        new ArrayList<>(
            List.of("run", "--model=mlp:784-30-10", fewDigits(), "--limit=1000", "--out=" + run));
    words.addAll(List.of(more));
    assertThat(snip4j(words.toArray(String[]::new))).as(err.toString()).isZero();
    return run;
  }

  private static RunResult result(Path run) throws IOException {
    return RunResult.read(run.resolve("result.json"));
  }

  private static double error(TrainingResult.@Nullable Score score) {
    return Objects.requireNonNull(score).error();
  }

  @Test
  void aTrainedNetworkIsPrunedInRoundsAndRetrainedAfterEach() throws IOException {
    Path run = run("run", "--criterion=magnitude", "--pretrain=300", "--rounds=4", "--retrain=100");
    RunResult result = result(run);
    List<PruningLevel> levels = result.levels();
    assertThat(levels).hasSize(5);
    assertThat(result.options().iterations()).isEqualTo(300 + 4 * 100);
    assertThat(levels.get(0).kept()).isEqualTo((int) M);
    assertThat(levels.get(0).cut()).isNull();
    for (int round = 1; round <= 4; round++) {
      PruningLevel level = levels.get(round);
      double kept = M * Math.pow(0.02, round / 4.0); // the same share goes each time
      assertThat((double) level.kept()).isCloseTo(kept, within(1.0));
      assertThat(level.steps()).isEqualTo(100);
      assertThat(level.stepMillis()).isPositive();
      assertThat(error(level.trained())).isLessThanOrEqualTo(error(level.cut()));
    }
    assertThat(levels.get(4).sparse()).isPositive();
    assertThat(levels.get(0).sparse()).isZero();
    assertThat(levels.get(4).trained()).isEqualTo(result.pruned().last().test());
    assertThat(result.kappa()).isEqualTo(levels.get(4).kept());
    TrainingResult dense = Objects.requireNonNull(result.dense());
    assertThat(dense.last().step()).isEqualTo(300);
    assertThat(dense.last().test()).isEqualTo(levels.get(0).trained());
    assertThat(result.method().rateDropsAt()).containsExactly(60L, 90L);

    Network network = NetworkFile.read(run.resolve("network.npz")).network();
    int kept = network.masks().values().stream().mapToInt(mask -> mask.kept()).sum();
    assertThat(kept).isEqualTo(result.kappa());
    assertThat(out.toString()).contains("round 4 of 4: 98.00 % pruned, 477 connections kept");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("A network pruned after training")
        .contains("After each of the 4 rounds what was left was trained for 100 steps")
        .contains("error after the cut")
        .doesNotContain("before any training");
  }

  @Test
  void aNetworkFromAFileIsPrunedAndFineTunedAtOnce() throws IOException {
    Path trained = run("trained", "--sparsity=0", "--iterations=300");
    Path run =
        run(
            "run",
            "--weights=" + trained.resolve("network.npz"),
            "--retrain=100",
            "--sparsity=0.9");
    RunResult result = result(run);
    assertThat(result.levels()).hasSize(2);
    PruningLevel before = result.levels().get(0);
    assertThat(before.steps()).isZero();
    assertThat(before.trained()).isEqualTo(result(trained).pruned().last().test());
    assertThat(result.dense()).isNull();
    assertThat(result.options().retraining().retrainLr()).isEqualTo(0.05);

    Path further =
        run(
            "further",
            "--weights=" + run.resolve("network.npz"),
            "--retrain=50",
            "--rounds=2",
            "--sparsity=0.98");
    List<PruningLevel> levels = result(further).levels();
    assertThat(levels.get(0).kept()).isEqualTo(result.kappa());
    assertThat((double) levels.get(1).kept()).isCloseTo(M * Math.sqrt(0.1 * 0.02), within(2.0));
    assertThat((double) levels.get(2).kept()).isCloseTo(M * 0.02, within(1.0));
  }

  @Test
  void rewoundToItsFirstStepANetworkIsALotteryTicket() throws IOException {
    Path run = run("run", "--pretrain=60", "--retrain=1", "--rewind=weights", "--lr=1e-12");
    Network first =
        Objects.requireNonNull(Models.named("mlp:784-30-10"))
            .create(VarianceScaling.lecun(), new Seed(1).child("network"));
    Network ticket = NetworkFile.read(run.resolve("network.npz")).network();
    float[] drawn = first.parameter("fc1.weight").value().toArray();
    float[] kept = ticket.parameter("fc1.weight").dense().toArray();
    int same = 0;
    for (int i = 0; i < kept.length; i++) {
      same += kept[i] != 0 && Math.abs(kept[i] - drawn[i]) < 1e-6f ? 1 : 0;
      assertThat(kept[i] == 0 || Math.abs(kept[i] - drawn[i]) < 1e-6f).isTrue();
    }
    assertThat(same).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({"weights, 20", "rate, 20", "weights, 0"})
  void ofARewoundTrainingTheRateIsThatOfTheStepsThatFollow(String what, int to) throws IOException {
    Path run =
        run(
            what + to,
            "--pretrain=100",
            "--retrain=" + (100 - to),
            "--rewind=" + what,
            "--rewind-to=" + to);
    assertThat(result(run).method().rateDropsAt()).containsExactly(70L - to, 90L - to);
    assertThat(result(run).options().retraining().retrainLr()).isNull();
  }

  @Test
  void aNetworkIsPrunedGraduallyWhileItIsTrained() throws IOException {
    Path run =
        run("run", "--gradual", "--prune-every=20", "--iterations=200", "--criterion=magnitude");
    RunResult result = result(run);
    List<PruningLevel> levels = result.levels();
    assertThat(levels).hasSize(6); // after steps 40, 60, 80, 100 and 120, and before
    assertThat(levels.stream().map(PruningLevel::steps))
        .containsExactly(40L, 20L, 20L, 20L, 20L, 80L);
    for (int i = 1; i <= 5; i++) {
      double t = i / 5.0;
      double sparsity = 0.98 * (1 - Math.pow(1 - t, 3));
      assertThat((double) levels.get(i).kept()).isCloseTo(M * (1 - sparsity), within(1.0));
    }
    assertThat(result.kappa()).isEqualTo(levels.get(5).kept());
    assertThat(result.pruned().bestOnValidation().step()).isGreaterThanOrEqualTo(120);
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("A network pruned while it was trained");
  }

  @ParameterizedTest
  @CsvSource({"snip, global", "grasp, global", "synflow, erk", "random, uniform", "obd, fan-in"})
  void anyCriterionAndAnyAllocationPruneInRounds(String criterion, String allocation)
      throws IOException {
    Path run =
        run(
            criterion,
            "--criterion=" + criterion,
            "--allocation=" + allocation,
            "--pretrain=20",
            "--rounds=3",
            "--retrain=10",
            "--sparsity=0.9",
            "--lr=0.01");
    assertThat(result(run).kappa()).isEqualTo((int) Math.round(M * 0.1));
  }
}
