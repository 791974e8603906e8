package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.internal.blas.GemmChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Same seed, same bits: between two runs and between one and two threads, on each backend. */
class SameBitsTest {
  static final List<String> BACKENDS = GemmChoice.NAMES;
  private static final List<String> VECTOR = List.of("--add-modules=jdk.incubator.vector");

  @TempDir Path folder;

  @Test
  void networkIsByteIdenticalAfterAFewSteps() throws IOException, InterruptedException {
    same("simd", 150);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @FieldSource("BACKENDS")
  void networkIsByteIdentical(String backend) throws IOException, InterruptedException {
    same(backend, backend.equals("scalar") ? 150 : 560); // well past the JIT compiler
  }

  private void same(String backend, int iterations) throws IOException, InterruptedException {
    Path first = run(backend, iterations, "2", "first");
    Path again = run(backend, iterations, "2", "again");
    Path single = run(backend, iterations, "1", "single");
    assertThat(again).hasSameBinaryContentAs(first);
    assertThat(single).hasSameBinaryContentAs(first);
  }

  private Path run(String backend, int iterations, String threads, String name)
      throws IOException, InterruptedException {
    Path out = folder.resolve(name);
    SubProcess.Result result =
        SubProcess.run(
            VECTOR,
            "run",
            "--iterations=" + iterations,
            "--gemm=" + backend,
            "--threads=" + threads,
            "--out=" + out);
    Assumptions.assumeFalse(
        result.exitCode() == 2 && result.output().contains("no " + backend + ":"),
        result.output().lines().reduce("", (a, b) -> b));
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("kernels: " + backend).contains(threads + " thread");
    return out.resolve("network.npz");
  }
}
