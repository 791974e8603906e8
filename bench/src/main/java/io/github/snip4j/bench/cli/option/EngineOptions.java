package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.core.Engine;
import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to compute with. The engine reads these once, so they are set before it is first used. */
public final class EngineOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that compute (default: one per processor). Results do not depend on it.")
  @Nullable Integer threads;

  @Option(
      names = "--gemm",
      paramLabel = "NAME",
      description =
          "Matrix products by auto, simd, jblas or scalar (default: auto, the first that"
              + " can be had).")
  @Nullable String gemm;

  /** Sets the engine up and says what it runs on. */
  public Machine start() {
    if (threads != null) {
      if (threads < 1 || threads > 1024) {
        throw new UserError("--threads " + threads + ": expected 1 to 1024");
      }
      System.setProperty(Parallel.THREADS_PROPERTY, String.valueOf(threads));
    }
    if (gemm != null) {
      if (!gemm.equals("auto") && !GemmChoice.NAMES.contains(gemm)) {
        throw new UserError(
            "--gemm " + gemm + ": there is auto, " + String.join(", ", GemmChoice.NAMES));
      }
      System.setProperty(GemmChoice.PROPERTY, gemm);
    }
    try {
      Engine.check();
      return Machine.here();
    } catch (IllegalStateException e) { // one was forced that cannot be had
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }
}
