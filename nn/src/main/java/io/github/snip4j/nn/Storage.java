package io.github.snip4j.nn;

/** How a pruned weight is stored for the operations that compute with it. */
public enum Storage {
  /** A whole weight with 0 where it is pruned: operations compute with zeros too. */
  DENSE,
  /** A sparse matrix: operations compute with what exists alone. */
  SPARSE;

  /**
   * The storage that training is faster with, where a mask keeps so many of so many numbers. Shape
   * and number alone decide, so that everybody gets the same bits.
   */
  public static Storage fasterFor(Mask mask) {
    return KernelCostModel.faster(mask.shape(), mask.kept());
  }
}
