package io.github.snip4j.nn;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.internal.kernel.Slices;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several inputs of one network, as a picture and a few numbers about it. An example is one column
 * in which they follow each other, so that batches, training and criteria need not know of them.
 *
 * @param shapes of one example of each input, without the batch
 */
public record Inputs(List<Shape> shapes) {
  /** At least one. */
  public Inputs {
    shapes = List.copyOf(shapes);
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("inputs: none: expected one at least");
    }
  }

  /** Inputs of these shapes. */
  public static Inputs of(Shape... shapes) {
    return new Inputs(List.of(shapes));
  }

  /** The shape of one example, {@code [features]}: what the {@link Network} is made for. */
  public Shape shape() {
    return Shape.of(shapes.stream().mapToInt(Shape::size).sum());
  }

  /**
   * The batch of all inputs.
   *
   * @param each of an input's shape with the batch as last axis
   * @return {@code [features, N]}
   * @throws IllegalArgumentException if their number, a shape or a batch is another
   */
  public Tensor pack(Tensor... each) {
    int batch = each.length == 0 || each[0].shape().rank() == 0 ? 0 : each[0].shape().dim(-1);
    List<Tensor> columns = new ArrayList<>();
    for (int i = 0; i < each.length; i++) {
      boolean fits = i < shapes.size() && each[i].shape().equals(shapes.get(i).append(batch));
      if (fits) {
        columns.add(each[i].reshape(Shape.of(shapes.get(i).size(), batch)));
      }
    }
    if (each.length != shapes.size() || columns.size() != each.length) {
      throw new IllegalArgumentException(
          ("inputs: " + Arrays.stream(each).map(Tensor::shape).toList() + ": expected " + shapes)
              + ", each with one batch as last axis");
    }
    return Slices.concatenate(columns, 0);
  }

  /**
   * The inputs of a batch, each of its shape with the batch as last axis.
   *
   * @param x {@code [features, N]}
   * @throws IllegalArgumentException if it is not that
   */
  public List<Variable> unpack(Variable x) {
    if (x.shape().rank() != 2 || !x.shape().dropLast().equals(shape())) {
      throw new IllegalArgumentException(
          "inputs: input " + x.shape() + ": expected " + shape() + " with the batch as last axis");
    }
    List<Variable> each = new ArrayList<>();
    int from = 0;
    for (Shape shape : shapes) {
      Variable rows = Shapes.slice(x, 0, from, from + shape.size());
      each.add(Shapes.reshape(rows, shape.append(x.shape().dim(1))));
      from += shape.size();
    }
    return each;
  }
}
