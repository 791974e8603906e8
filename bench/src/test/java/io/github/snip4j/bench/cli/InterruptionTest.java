package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.train.Checkpoint;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped leaves whole files or none. */
class InterruptionTest {
  /** What there is of a run that has written nothing yet. */
  private static final List<String> LOCK_ALONE = List.of(".snip4j.lock");

  @TempDir Path folder;

  @Test
  void ctrlCInTheMiddleOfTrainingLeavesNothing() throws IOException, InterruptedException {
    Path out = folder.resolve("new/out");
    Process process = start(out, 1_000_000, "-Dsnip4j.terminal.columns=80"); // with the bar
    for (int i = 0; i < 600 && !Files.exists(out); i++) {
      Thread.sleep(50);
    }
    Thread.sleep(1_000);
    assertThat(out).isDirectory();
    String signal = ignoresInterrupts() ? "-TERM" : "-INT";
    assertThat(new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor())
        .isZero();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(signal.equals("-INT") ? 130 : 143);
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void ctrlCInARunWithACheckpointSaysHowToGoOn() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process =
        SubProcess.start(
            folder.resolve("log"),
            List.of("-Dsnip4j.terminal.columns=80"),
            "run",
            "--iterations=1000000",
            "--checkpoint-every=5",
            "--out=" + out);
    for (int i = 0; i < 600 && !Files.exists(out.resolve("checkpoint.npz")); i++) {
      Thread.sleep(50);
    }
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("log"), Charset.defaultCharset()).lines().toList())
        .anyMatch(
            line ->
                line.startsWith(
                        ("snip4j: the run is not finished: 'snip4j run --resume " + out)
                            + "' goes on from step ")
                    && line.endsWith(" of training the pruned network"));
    assertThat(out.toFile().list()).containsExactly("checkpoint.npz");
    assertThat(Checkpoint.load(out.resolve("checkpoint.npz")).step() % 5).isZero();
  }

  @Test
  void ctrlCInARoundOfRetrainingSaysWhichRoundGoesOn() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path log = folder.resolve("log");
    Process process =
        SubProcess.start(
            log,
            List.of(),
            "run",
            "--model=mlp:784-30-10",
            "--limit=1000",
            "--criterion=magnitude",
            "--pretrain=20",
            "--rounds=2",
            "--retrain=1000000",
            "--checkpoint-every=5",
            "--out=" + out);
    Path checkpoint = out.resolve("checkpoint.npz");
    for (int i = 0; i < 600 && !said(log, "round 1 of 2: "); i++) {
      Thread.sleep(50);
    }
    Files.deleteIfExists(checkpoint); // of the training before, perhaps
    for (int i = 0; i < 600 && !Files.exists(checkpoint); i++) {
      Thread.sleep(50);
    }
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(log, Charset.defaultCharset()))
        .contains(
            ("snip4j: the run is not finished: 'snip4j run --resume " + out)
                + "' goes on from step "
                + String.format(Locale.ROOT, "%,d", Checkpoint.load(checkpoint).step())
                + " of training the pruned network, round 1 of 2");
  }

  private static boolean said(Path log, String what) throws IOException {
    return Files.exists(log) && Files.readString(log, Charset.defaultCharset()).contains(what);
  }

  @RepeatedTest(5)
  void stoppedNearItsEndItLeavesWholeFiles(RepetitionInfo repetition)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process = start(out, 2, SubProcess.QUICK.toArray(String[]::new));
    Thread.sleep(500 + new Seed(3).below(repetition.getCurrentRepetition(), 1_500));
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    List<String> files = names(out);
    if (!LOCK_ALONE.containsAll(files)) { // it had come to the end, or near it
      assertThat(files)
          .contains("network.npz")
          .isSubsetOf("network.npz", "report.html", "result.json", LOCK_ALONE.get(0));
      assertThat(Npz.read(out.resolve("network.npz")).names())
          .hasSize(18); // parameters, masks, and six that say what network it is
    }
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).map(Path::toString).toList();
    }
  }

  private Process start(Path out, int iterations, String... jvm) throws IOException {
    return SubProcess.start(
        folder.resolve("log"),
        List.of(jvm),
        "run",
        "--iterations=" + iterations,
        "--data-dir=" + FewDigits.in(folder.resolve("digits")),
        "--out=" + out);
  }

  /**
   * Whether whoever started this test ignores SIGINT, as a shell's background jobs do: inherited.
   */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
  }
}
