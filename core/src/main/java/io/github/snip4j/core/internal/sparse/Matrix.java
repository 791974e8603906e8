package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A weight as the matrix W {@code [M, K]} of a linear map, and the products that training takes.
 */
public interface Matrix {
  /**
   * The matrix of a weight: sparse where its structure is a {@link SparsePattern}.
   *
   * @param structure whole or a pattern, of two axes
   * @param values of the structure; not modified, and kept
   * @throws IllegalArgumentException if they do not fit together
   */
  static Matrix of(Structure structure, Tensor values) {
    structure.checkValues("matrix", values);
    if (structure instanceof PaddedPattern padded) {
      return PaddedMatrix.of(padded.pattern(), values);
    }
    return structure instanceof SparsePattern pattern
        ? new SparseMatrix(pattern, values)
        : new DenseMatrix(values);
  }

  /**
   * W x + b.
   *
   * @param x {@code [K, N]}
   * @param bias {@code [M]}, or null for none
   * @return {@code [M, N]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  Tensor multiply(Tensor x, @Nullable Tensor bias);

  /**
   * Wᵀ dy: the gradient with respect to x.
   *
   * @param dy {@code [M, N]}
   * @return {@code [K, N]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  Tensor multiplyTransposed(Tensor dy);

  /**
   * dy xᵀ where elements exist: the gradient with respect to the values.
   *
   * @param dy {@code [M, N]}
   * @param x {@code [K, N]}
   * @return of the shape of the values
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  Tensor gradient(Tensor dy, Tensor x);
}
