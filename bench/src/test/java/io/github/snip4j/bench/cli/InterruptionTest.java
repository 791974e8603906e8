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
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped leaves whole files or none. */
class InterruptionTest {
  @TempDir Path folder;

  @RepeatedTest(6)
  void nothingIsHalfWritten(RepetitionInfo repetition) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process =
        SubProcess.start(
            folder.resolve("log"),
            List.of(),
            "run",
            "--iterations=" + (repetition.getCurrentRepetition() == 1 ? 1_000_000 : 2),
            "--out=" + out);
    int moment = repetition.getCurrentRepetition();
    Thread.sleep(moment == 1 ? 2_500 : 400 + new Seed(3).below(moment, 3_000));
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    if (Files.exists(out)) { // it had come to the end, or near it
      try (Stream<Path> files = Files.list(out)) {
        assertThat(files.map(Path::getFileName).map(Path::toString))
            .isSubsetOf("network.npz", "result.json");
      }
      assertThat(Npz.read(out.resolve("network.npz")).names()).hasSize(12);
    }
  }
}
