package io.github.snip4j.nn;

import io.github.snip4j.core.tensor.Shape;

/**
 * Which storage a pruned weight is computed with. Sparse kernels skip what is pruned, but do fewer
 * multiply-adds in a second; dense ones have to bring rows and columns into their order.
 *
 * <p>The constants are nanoseconds for one example and one place that the weight is applied at,
 * forward and both gradients, on one thread of a Zen 4 server, those of filters on a Zen 5; only
 * their ratios matter. They are functions of shape and count alone, so that everybody gets the same
 * bits.
 */
final class KernelCostModel {
  /** Per weight, by a dense kernel: 6 floating-point operations at 95 GFLOP/s. */
  private static final double DENSE = 0.063;

  /** Per row and per column of the weight as a matrix, by a dense kernel. */
  private static final double EDGE = 1.0;

  /** Per kept weight, by a sparse kernel: 6 operations at 38 GFLOP/s. */
  private static final double SPARSE = 0.158;

  /** Per kept weight of a filter, by a sparse kernel, which reads several pixels for each. */
  private static final double FILTER = 0.095;

  /** By how much more for each weight of a filter: the less of what it reads stays in L1. */
  private static final double READ = 0.00007;

  /** With fewer input channels dense filters do nothing well. */
  private static final int CHANNELS = 8;

  private KernelCostModel() {}

  /** The storage that is faster for a weight of this shape of which so many numbers are kept. */
  static Storage faster(Shape shape, int kept) {
    if (shape.rank() < 2 || shape.size() == 0) {
      return Storage.DENSE; // a vector: nothing is gained
    }
    boolean sparse = shape.rank() == 4 ? sparseFilters(shape, kept) : sparseMatrix(shape, kept);
    return sparse ? Storage.SPARSE : Storage.DENSE;
  }

  private static boolean sparseMatrix(Shape shape, int kept) {
    double rows = shape.dim(0);
    double columns = shape.size() / rows;
    return SPARSE * kept < DENSE * shape.size() + EDGE * (rows + columns);
  }

  private static boolean sparseFilters(Shape shape, int kept) {
    if (shape.dim(2) * shape.dim(3) == 1) {
      return sparseMatrix(shape, kept); // a product with each pixel
    }
    if (shape.dim(1) < CHANNELS) {
      return kept < shape.size();
    }
    double weights = (double) shape.size() / shape.dim(0);
    return FILTER * (1 + READ * weights) * kept < DENSE * shape.size();
  }
}
