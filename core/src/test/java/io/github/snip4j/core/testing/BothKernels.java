package io.github.snip4j.core.testing;

import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.Kernels;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Each implementation of the kernels by name, for parameterised tests. */
public final class BothKernels {
  /** The names for {@link #orSkip}. */
  public static final List<String> NAMES = List.of("plain", "simd");

  private BothKernels() {}

  /** The kernels of this name; skips the test, saying why, where they cannot be had. */
  public static Kernels orSkip(String name) {
    if (name.equals("plain")) {
      return Kernels.plain();
    }
    try {
      return KernelChoice.simd();
    } catch (UnsupportedOperationException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
