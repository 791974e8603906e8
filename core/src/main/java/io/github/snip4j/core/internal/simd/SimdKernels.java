package io.github.snip4j.core.internal.simd;

import io.github.snip4j.core.internal.backend.Kernels;
import java.util.function.Supplier;

/** The kernels on the Vector API; loaded by name. */
public final class SimdKernels implements Supplier<Kernels> {
  /**
   * Nothing to set up.
   *
   * @throws UnsupportedOperationException if this processor's vectors are too short to gain by
   */
  public SimdKernels() {
    Lanes.checkProcessor();
  }

  @Override
  public Kernels get() {
    Kernels plain = Kernels.plain();
    return new Kernels(
        "Vector API, " + Lanes.LANES + " floats per vector",
        new SimdIndirectGemm(plain.taps()),
        new SimdSparse(plain.sparse()),
        new SimdArithmetic(),
        new SimdElements(plain.elements()),
        new SimdReductions(plain.reductions()),
        new SimdLstm(plain.lstm()),
        new SimdPools(plain.pools()));
  }
}
