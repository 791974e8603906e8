package io.github.snip4j.nn;

import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Structure;

/** How a pruned weight is stored for the operations that compute with it. */
public enum Storage {
  /** A whole weight with 0 where it is pruned: operations compute with zeros too. */
  DENSE,
  /** A sparse matrix: operations compute with what exists alone. */
  SPARSE;

  /** How what exists of a weight is stored. */
  public static Storage of(Structure structure) {
    return structure instanceof SparsePattern ? SPARSE : DENSE;
  }

  /**
   * The storage that training is faster with, where a mask keeps so many of so many numbers. Shape
   * and number alone decide, so that everybody gets the same bits.
   */
  public static Storage fasterFor(Mask mask) {
    return KernelCostModel.faster(mask.shape(), mask.kept());
  }
}
