package io.github.snip4j.snip;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Kernel;

/**
 * Which kernel a pruned weight is computed with. A sparse kernel skips what is pruned, but does
 * fewer multiply-adds in a second; the densities at which the two take equally long, forward and
 * both gradients together, were measured.
 */
final class KernelCost {
  /**
   * Of a matrix, batch 100 or more: a sparse product does some 35 GFLOP/s where a dense one does
   * 90, and is ahead below this density.
   */
  private static final double MATRIX = 0.35;

  /** Of a convolution: as above. */
  private static final double CONVOLUTION = 0.35;

  private KernelCost() {}

  /** The kernel that is faster for a weight of this shape of which so many numbers are kept. */
  static Kernel faster(Shape shape, int kept) {
    if (shape.rank() < 2) {
      return Kernel.DENSE; // a vector: nothing is gained
    }
    double density = shape.size() == 0 ? 0 : (double) kept / shape.size();
    return density < (shape.rank() == 2 ? MATRIX : CONVOLUTION) ? Kernel.SPARSE : Kernel.DENSE;
  }
}
