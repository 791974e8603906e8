package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.options.MovingKind;
import io.github.snip4j.bench.result.KeptCount;
import io.github.snip4j.bench.result.Movement;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.snip.dynamic.Move;
import io.github.snip4j.snip.dynamic.Redistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose connections move: what is recorded and told of it. */
class MovingRunTest extends CommandTestBase {
  private Path run(String... more) throws IOException {
    Path run = folder.resolve("run");
    List<String> arguments =
        new ArrayList<>(List.of("run", "--data-dir=" + SmallMnist.write(folder.resolve("data"))));
    arguments.addAll(SmallMnist.OPTIONS);
    arguments.addAll(List.of("--with-dense", "--iterations=60", "--sparsity=0.95", "--out=" + run));
    arguments.addAll(List.of(more));
    assertThat(snip4j(arguments.toArray(String[]::new))).as(err.toString()).isZero();
    return run;
  }

  private static Movement movement(RunResult result) {
    return Objects.requireNonNull(result.pruned().movement());
  }

  @ParameterizedTest
  @CsvSource({"set, none", "rigl, gradient", "momentum, momentum"})
  void theResultTheFileAndThePageSayHowConnectionsMoved(String rules, String redistribution)
      throws IOException {
    Path run = run("--dynamic=" + rules, "--update-every=5", "--redistribute=" + redistribution);
    RunResult result = RunResult.read(run.resolve("result.json"));
    assertThat(result.options().moving().dynamic().name()).isEqualToIgnoringCase(rules);
    Movement movement = movement(result);
    assertThat(movement.updates())
        .extracting(Move::step)
        .containsExactly(5L, 10L, 15L, 20L, 25L, 30L, 35L, 40L); // below 0.75 of 60
    assertThat(movement.updates()).allMatch(move -> move.moved() > 0);
    assertThat(KeptCount.total(movement.parameters()).kept()).isEqualTo(result.kappa());
    assertThat(movement.parameters().equals(result.parameters()))
        .isEqualTo(redistribution.equals("none"));
    assertThat(Objects.requireNonNull(result.dense()).movement()).isNull();
    assertThat(Arrays.stream(Npz.read(run.resolve("network.npz")).ints("mask.fc1.weight")).sum())
        .isEqualTo(
            movement.parameters().stream()
                .filter(p -> p.name().equals("fc1.weight"))
                .mapToInt(KeptCount::kept)
                .sum());
    String page = Files.readString(run.resolve("report.html"));
    assertThat(page).contains("How connections moved", "Every 5 steps some connections moved");
    assertThat(out.toString()).contains("connections moved 8 times");
  }

  @Test
  void thePublishedWayIsTheDefaultAndDenseMemoryIsCounted() throws IOException {
    Path run = run("--dynamic=momentum", "--update-every=9");
    RunResult result = RunResult.read(run.resolve("result.json"));
    assertThat(result.options().moving().dropFraction()).isEqualTo(0.3);
    assertThat(result.options().moving().updateUntil()).isEqualTo(0.75);
    assertThat(result.options().moving().redistribute()).isEqualTo(Redistribution.MOMENTUM);
    long dense = 4L * (235_200 + 300 + 30_000 + 100 + 1_000 + 10);
    assertThat(result.pruned().cost().optimizerBytes()).isGreaterThanOrEqualTo(dense);
  }

  @Test
  void aRunWithoutMovesSaysNothingOfThem() throws IOException {
    Path run = run();
    RunResult result = RunResult.read(run.resolve("result.json"));
    assertThat(result.options().moving().dynamic()).isEqualTo(MovingKind.OFF);
    assertThat(result.pruned().movement()).isNull();
    assertThat(Files.readString(run.resolve("report.html")))
        .doesNotContain("connections moved", "update every");
    assertThat(out.toString()).doesNotContain("connections moved");
  }
}
