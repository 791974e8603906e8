package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Lookup;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Parts of a variable that are chosen by numbers. */
public final class Lookups {
  private Lookups() {}

  /**
   * The places of an axis that are asked for, in this order; one may be asked for several times.
   *
   * @param axis negative counts from the end
   * @param indices from 0 on; negative counts from the end
   * @throws IllegalArgumentException if there is no such axis or place
   */
  public static Variable select(Variable x, int axis, int... indices) {
    return Variable.of(
        Operation.linear("select", v -> select(v, axis, indices), x),
        Lookup.select(x.value(), axis, indices),
        x.pull(dy -> Lookup.selectGradient(dy, x.shape(), axis, indices)));
  }

  /**
   * Rows of a table: y[..., e, n] = table[ids[..., n], e]. The gradient with respect to the ids is
   * 0.
   *
   * @param table {@code [V, E]}
   * @param ids {@code [..., N]}, whole numbers from 0 to V-1
   * @return {@code [..., E, N]}
   * @throws IllegalArgumentException if the shapes are not those, or an id is no row
   */
  public static Variable embedding(Variable table, Variable ids) {
    return Variable.of(
        Operation.composed(
                "embedding",
                in -> embedding(in.get(0), in.get(1)),
                in -> byIndicators(in.get(0), in.get(1)),
                List.of(table, ids))
            .withUnitsAlong(ids.shape().rank() - 1)
            .withRowsOfInputs(),
        Lookup.embedding(table.value(), ids.value()),
        table.pull(dy -> Lookup.embeddingGradient(dy, table.shape(), ids.value())),
        ids.pull(dy -> Tensor.zeros(ids.shape())));
  }

  /** The product with a matrix whose columns are 1 in the row of their id, else 0. */
  private static Variable byIndicators(Variable table, Variable ids) {
    int rows = table.shape().dim(0);
    Shape shape = ids.shape();
    Tensor each = Tensor.zeros(Shape.of(rows, 1));
    for (int row = 0; row < rows; row++) {
      each.put(row, row);
    }
    Variable flat = Shapes.reshape(ids, Shape.of(1, ids.value().size()));
    Variable distances = Arithmetic.subtract(flat, Variable.constant(each)); // [V, ids]
    Variable words = BatchedProducts.transposedMatmul(table, isZero(distances)); // [E, ids]
    int rank = shape.rank();
    Variable first = Shapes.reshape(words, prepended(table.shape().dim(1), shape));
    int[] order = IntStream.rangeClosed(0, rank).map(i -> i == rank ? rank : i + 1).toArray();
    order[rank - 1] = 0; // the features come before the batch
    return Reorderings.permute(first, order);
  }

  private static Shape prepended(int length, Shape shape) {
    int[] dims = new int[shape.rank() + 1];
    dims[0] = length;
    System.arraycopy(shape.toArray(), 0, dims, 1, shape.rank());
    return Shape.of(dims);
  }

  /** 1 where x is 0, else 0, with derivative 0. */
  private static Variable isZero(Variable x) {
    Tensor y = Tensor.zeros(x.shape());
    for (int i = 0; i < y.size(); i++) {
      y.put(i, x.value().at(i) == 0f ? 1f : 0f);
    }
    return Variable.of(
        Operation.smooth("is zero", Lookups::isZero, x), y, x.pull(dy -> Tensor.zeros(x.shape())));
  }
}
