package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.internal.blas.MatrixProduct;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A {@link Matrix} all of whose elements exist. */
record DenseMatrix(Tensor w) implements Matrix {
  @Override
  public Tensor multiply(Tensor x, @Nullable Tensor bias) {
    if (bias == null) {
      return MatrixProduct.matmul(w, x);
    }
    Tensor y = Pointwise.repeatColumn(bias, x.shape().dim(1));
    MatrixProduct.addMatmul(w, false, x, false, y);
    return y;
  }

  @Override
  public Tensor multiplyTransposed(Tensor dy) {
    return MatrixProduct.matmul(w, true, dy, false);
  }

  @Override
  public Tensor gradient(Tensor dy, Tensor x) {
    return MatrixProduct.matmul(dy, false, x, true);
  }
}
