package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Lookup;
import io.github.snip4j.core.tensor.Tensor;

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
   * Rows of a table: y[..., e, n] = table[ids[..., n], e].
   *
   * @param table {@code [V, E]}
   * @param ids {@code [..., N]}, whole numbers from 0 to V-1; a constant
   * @return {@code [..., E, N]}
   * @throws IllegalArgumentException if the shapes are not those, or an id is no row
   */
  public static Variable embedding(Variable table, Tensor ids) {
    return Variable.of(
        Operation.linear("embedding", v -> embedding(v, ids), table)
            .withUnitsAlong(ids.shape().rank() - 1),
        Lookup.embedding(table.value(), ids),
        table.pull(dy -> Lookup.embeddingGradient(dy, table.shape(), ids)));
  }
}
