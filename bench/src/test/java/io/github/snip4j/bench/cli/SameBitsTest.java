package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.internal.parallel.Parallel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Same seed, same bits: between two runs and between one and two threads, on each backend. */
class SameBitsTest {
  static final List<String> BACKENDS = GemmChoice.NAMES;

  /** Enough for batches of 100, whose work is shared among threads. */
  private static final int EXAMPLES = 600;

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

  @Test
  void networkIsByteIdenticalOnAnyNumberOfThreadsWhereConnectionsMove()
      throws IOException, InterruptedException {
    sameWhileMoving("rigl", "none");
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @CsvSource({"set, none", "set, gradient", "rigl, gradient", "momentum, momentum"})
  void networkIsByteIdenticalByAnyRules(String rules, String redistribution)
      throws IOException, InterruptedException {
    sameWhileMoving(rules, redistribution);
  }

  @Test
  void networkIsByteIdenticalOnAnyNumberOfThreadsWherePrunedInRounds()
      throws IOException, InterruptedException {
    sameOnAnyNumberOfThreads(
        List.of("--pretrain=60", "--rounds=3", "--retrain=40", "--rewind=weights"));
  }

  @Test
  void networkIsByteIdenticalOnAnyNumberOfThreadsWherePrunedGradually()
      throws IOException, InterruptedException {
    sameOnAnyNumberOfThreads(List.of("--iterations=150", "--gradual", "--prune-every=10"));
  }

  /** A Java of its own on one thread, against this one on several. */
  private void sameOnAnyNumberOfThreads(List<String> options)
      throws IOException, InterruptedException {
    Path data = SmallMnist.write(folder.resolve("data"), EXAMPLES);
    List<String> words = new ArrayList<>(List.of("--data-dir=" + data, "--lr=0.01"));
    words.addAll(options);
    Path single = run("simd", "1", "single", words);
    for (int threads : new int[] {2, 3, 5}) {
      assertThat(runHere(threads, words)).hasSameBinaryContentAs(single);
    }
  }

  private void sameWhileMoving(String rules, String redistribution)
      throws IOException, InterruptedException {
    sameOnAnyNumberOfThreads(
        List.of(
            "--iterations=150",
            "--dynamic=" + rules,
            "--update-every=20",
            "--redistribute=" + redistribution));
  }

  private Path runHere(int threads, List<String> more) {
    Path out = folder.resolve("here-on-" + threads);
    List<String> words = new ArrayList<>(List.of("run", "--out=" + out));
    words.addAll(more);
    StringWriter printed = new StringWriter();
    PrintWriter to = new PrintWriter(printed, true);
    int code =
        Parallel.withOwnThreads(
            threads, () -> Snip4j.execute(to, to, words.toArray(String[]::new)));
    assertThat(code).as(printed.toString()).isZero();
    assertThat(printed.toString()).contains("kernels: simd").contains(threads + " threads");
    return out.resolve("network.npz");
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
    return run(backend, threads, name, List.of("--iterations=" + iterations));
  }

  private Path run(String backend, String threads, String name, List<String> more)
      throws IOException, InterruptedException {
    Path out = folder.resolve(name);
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--gemm=" + backend, "--threads=" + threads, "--out=" + out));
    arguments.addAll(more);
    SubProcess.Result result = SubProcess.run(VECTOR, arguments.toArray(String[]::new));
    Assumptions.assumeFalse(
        result.exitCode() == 2 && result.output().contains("no " + backend + ":"),
        result.output().lines().reduce("", (a, b) -> b));
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("kernels: " + backend).contains(threads + " thread");
    return out.resolve("network.npz");
  }
}
