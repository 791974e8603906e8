package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped leaves whole files or none. */
class InterruptionTest {
  @TempDir Path folder;

  @Test
  void stoppedInTheMiddleOfTrainingItLeavesNothing() throws IOException, InterruptedException {
    Path out = folder.resolve("new/out");
    Process process = start(out, 1_000_000);
    for (int i = 0; i < 600 && !Files.exists(out); i++) {
      Thread.sleep(50);
    }
    Thread.sleep(1_000);
    assertThat(out).isDirectory();
    stop(process);
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @RepeatedTest(5)
  void stoppedNearItsEndItLeavesWholeFiles(RepetitionInfo repetition)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process = start(out, 2);
    Thread.sleep(1_000 + new Seed(3).below(repetition.getCurrentRepetition(), 2_500));
    stop(process);
    if (Files.exists(out)) { // it had come to the end, or near it
      try (Stream<Path> files = Files.list(out)) {
        assertThat(files.map(Path::getFileName).map(Path::toString))
            .contains("network.npz")
            .isSubsetOf("network.npz", "result.json");
      }
      assertThat(Npz.read(out.resolve("network.npz")).names()).hasSize(12);
    }
  }

  private Process start(Path out, int iterations) throws IOException {
    return SubProcess.start(
        folder.resolve("log"), List.of(), "run", "--iterations=" + iterations, "--out=" + out);
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy(); // as Ctrl-C does, it lets the program tidy up
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
