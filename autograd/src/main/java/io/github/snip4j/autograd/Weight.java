package io.github.snip4j.autograd;

import io.github.snip4j.core.internal.sparse.PaddedPattern;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A weight in a computation: its values, as a variable, and its structure, which says where in the
 * whole weight they belong. Operations that multiply by a weight take it in this form, and compute
 * with the elements that exist.
 *
 * <p>The structure is either whole, or the rows of a sparse matrix. Anything else has become whole
 * here, with zeros where nothing exists.
 */
public final class Weight {
  private final Variable values;
  private final Structure structure;
  private @Nullable Variable whole;

  private Weight(Variable values, Structure structure) {
    this.values = values;
    this.structure = structure;
  }

  /** A weight all of whose elements exist. */
  public static Weight of(Variable whole) {
    return new Weight(whole, Structure.whole(whole.shape()));
  }

  /**
   * A weight of which only some elements may exist.
   *
   * @param values of those that do, in the structure's order
   * @throws IllegalArgumentException if they are not as many
   */
  public static Weight of(Variable values, Structure structure) {
    structure.checkValues("weight", values.value());
    return structure.isWhole() || structure instanceof SparsePattern
        ? new Weight(values, structure)
        : of(spread(values, structure));
  }

  /** Where nothing exists there is nothing to differentiate by. */
  private static Variable spread(Variable values, Structure structure) {
    Tensor whole = structure.spread(values.value());
    return structure.count() == 0
        ? Variable.constant(whole)
        : Variable.of(
            Operation.linear("spread", v -> spread(v, structure), values),
            whole,
            values.pull(structure::gather));
  }

  /**
   * A weight whose elements all exist and have a gradient, but which is 0 outside of a structure:
   * operations multiply by what that holds alone, and differentiate by everything.
   *
   * @param whole of the structure's shape, 0 where nothing exists
   * @throws IllegalArgumentException if it has another shape
   */
  public static Weight padded(Variable whole, Structure structure) {
    structure.checkWhole("weight", whole.value());
    return structure instanceof SparsePattern pattern
        ? new Weight(whole, new PaddedPattern(pattern))
        : of(whole);
  }

  /** A weight of the same structure with other values. */
  public Weight with(Variable others) {
    return structure.isWhole() ? of(others) : of(others, structure); // others may not be padded
  }

  /** The shape of the whole weight. */
  public Shape shape() {
    return structure.shape();
  }

  /** Which elements {@link #values} holds: all of them, or those of a sparse matrix. */
  public Structure structure() {
    return structure;
  }

  /** The elements of the {@link #structure}, in its order: what kernels compute with. */
  public Variable values() {
    return values;
  }

  /** The whole weight, with 0 where nothing exists; the same variable each time. */
  public Variable whole() {
    if (structure.isWhole()) {
      return values;
    }
    if (whole == null) {
      whole = spread(values, structure);
    }
    return whole;
  }
}
