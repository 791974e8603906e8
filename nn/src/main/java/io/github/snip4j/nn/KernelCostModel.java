package io.github.snip4j.nn;

import io.github.snip4j.core.tensor.Shape;

/**
 * Which storage a pruned weight is computed with. Sparse kernels skip what is pruned, but do fewer
 * multiply-adds in a second; dense ones have to bring rows and columns into their order.
 *
 * <p>The constants are nanoseconds for one example and one place that the weight is applied at,
 * forward and both gradients, on one thread of a Zen 4 server; only their ratios matter, and those
 * are the same on Zen 5. They are functions of shape and count alone, so that everybody gets the
 * same bits.
 */
final class KernelCostModel {
  /** Per weight, by a dense kernel: 6 floating-point operations at 95 GFLOP/s. */
  private static final double DENSE = 0.063;

  /** Per row and per column of the weight as a matrix, by a dense kernel. */
  private static final double EDGE = 1.0;

  /** Per kept weight, by a sparse kernel: 6 operations at 38 GFLOP/s. */
  private static final double SPARSE = 0.158;

  private KernelCostModel() {}

  /** The storage that is faster for a weight of this shape of which so many numbers are kept. */
  static Storage faster(Shape shape, int kept) {
    if (shape.rank() < 2 || shape.size() == 0) {
      return Storage.DENSE; // a vector: nothing is gained
    }
    double rows = shape.dim(0);
    double columns = shape.size() / rows;
    double dense = DENSE * shape.size() + EDGE * (rows + columns);
    return SPARSE * kept < dense ? Storage.SPARSE : Storage.DENSE;
  }
}
