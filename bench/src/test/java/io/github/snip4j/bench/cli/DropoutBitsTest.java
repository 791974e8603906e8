package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dropout draws depends on seed, step and layer: not on threads, not on interruptions. */
class DropoutBitsTest {
  @TempDir Path folder;

  @Test
  void aNetworkWithDropoutTrainsToTheSameBitsOnOneThreadOnTwoAndInTwoParts()
      throws IOException, InterruptedException {
    Path whole = folder.resolve("whole.npz");
    train(1, 30, whole);
    Path shared = folder.resolve("shared.npz");
    train(2, 30, shared);
    assertThat(shared).hasSameBinaryContentAs(whole);
    Path parts = folder.resolve("parts.npz");
    train(2, 17, parts);
    train(1, 30, parts);
    assertThat(parts).hasSameBinaryContentAs(whole);
  }

  private static void train(int threads, int steps, Path file)
      throws IOException, InterruptedException {
    SubProcess.Result result =
        SubProcess.run(
            DropoutTraining.class,
            List.of("-Dsnip4j.threads=" + threads),
            String.valueOf(steps),
            file.toString());
    assertThat(result.output()).contains(threads + " threads, " + steps + " steps");
    assertThat(result.exitCode()).isZero();
  }
}
