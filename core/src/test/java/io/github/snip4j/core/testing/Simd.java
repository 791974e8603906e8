package io.github.snip4j.core.testing;

import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.Kernels;
import org.junit.jupiter.api.Assumptions;

/** The kernels on the Vector API, for tests. */
public final class Simd {
  private Simd() {}

  /** They, or a test that is visibly skipped. */
  public static Kernels orSkip() {
    try {
      return KernelChoice.simd();
    } catch (UnsupportedOperationException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
