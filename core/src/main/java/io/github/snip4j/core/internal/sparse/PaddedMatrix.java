package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Matrix} of a {@link PaddedPattern}: products of what may differ from 0, and the gradient
 * with respect to all elements.
 */
record PaddedMatrix(Matrix sparse, Matrix whole) implements Matrix {
  static PaddedMatrix of(SparsePattern pattern, Tensor w) {
    return new PaddedMatrix(new SparseMatrix(pattern, pattern.gather(w)), new DenseMatrix(w));
  }

  @Override
  public Tensor multiply(Tensor x, @Nullable Tensor bias) {
    return sparse.multiply(x, bias);
  }

  @Override
  public Tensor multiplyTransposed(Tensor dy) {
    return sparse.multiplyTransposed(dy);
  }

  @Override
  public Tensor gradient(Tensor dy, Tensor x) {
    return whole.gradient(dy, x);
  }
}
