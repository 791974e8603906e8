package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reorderings;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.tensor.Shape;

/** Helpers to make extents, and to move the axes of variables that have them. */
final class Extents {
  private Extents() {}

  /** The batch in front, then these. */
  static Extent of(int... example) {
    int[] lengths = new int[example.length + 1];
    lengths[0] = 1;
    System.arraycopy(example, 0, lengths, 1, example.length);
    return new Extent(lengths, 0);
  }

  /** An extent of these lengths with the batch on the axis where another value has it. */
  static Extent like(Extent other, int... lengths) {
    return new Extent(lengths, other.batch());
  }

  /** Moves the batch to the end: {@code [example ..., N]}. */
  static Variable reshape(Variable x, int batch, int... example) {
    return to(x, Shape.of(example).append(batch));
  }

  /** Gives numbers another shape, in the order of the file. */
  static Variable to(Variable x, Shape shape) {
    return x.shape().equals(shape) ? x : Shapes.reshape(x, shape);
  }

  /** Axes in another order: axis i of the result is axis {@code order[i]} of x. */
  static Variable permute(Variable x, int[] order) {
    for (int axis = 0; axis < order.length; axis++) {
      if (order[axis] != axis) {
        return Reorderings.permute(x, order);
      }
    }
    return x;
  }
}
