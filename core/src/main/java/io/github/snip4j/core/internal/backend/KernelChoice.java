package io.github.snip4j.core.internal.backend;

import java.util.function.Supplier;

/**
 * Which {@link Kernels} this program uses: those on the Vector API where they can be had, else the
 * plain ones. {@code -Dsnip4j.gemm=scalar}, which asks for plain Java, holds for these as well.
 */
public final class KernelChoice {
  /** The system property that names the backend of the matrix products. */
  public static final String BACKEND_PROPERTY = "snip4j.gemm";

  private KernelChoice() {}

  /** The kernels in use; chosen once. */
  public static Kernels chosen() {
    return Chosen.KERNELS;
  }

  /**
   * The kernels on the Vector API, for tests and benchmarks.
   *
   * @throws UnsupportedOperationException if they cannot be had here, and why
   */
  public static Kernels simd() {
    return (Kernels) VectorModule.load("SimdKernels", Supplier.class).get();
  }

  private static final class Chosen {
    static final Kernels KERNELS = choose();

    private static Kernels choose() {
      if (System.getProperty(BACKEND_PROPERTY, "auto").equals("scalar")) {
        return Kernels.plain();
      }
      try {
        return simd();
      } catch (UnsupportedOperationException e) { // GemmChoice says why, once for both
        return Kernels.plain();
      }
    }
  }
}
