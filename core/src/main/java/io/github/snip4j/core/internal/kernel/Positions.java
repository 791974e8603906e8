package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.List;

/** Elements of tensors by number: row-major, one tensor after the other. */
public final class Positions {
  private Positions() {}

  /**
   * The elements of these numbers.
   *
   * @param parts not modified
   * @param positions the number of each element of the result, row-major
   * @throws IllegalArgumentException if there are not as many as elements of the result
   */
  public static Tensor gather(List<Tensor> parts, int[] positions, Shape shape) {
    if (positions.length != shape.size()) {
      throw new IllegalArgumentException(
          "take: " + positions.length + " positions for a result " + shape);
    }
    int size = parts.stream().mapToInt(Tensor::size).sum();
    float[] all = Workspace.floats(size);
    int begin = 0;
    for (Tensor part : parts) {
      System.arraycopy(part.data(), part.offset(), all, begin, part.size());
      begin += part.size();
    }
    Tensor y = Tensor.uninitialized(shape);
    float[] to = y.data();
    for (int i = 0; i < positions.length; i++) {
      to[y.offset() + i] = all[positions[i]];
    }
    Workspace.giveBack(all);
    return y;
  }

  /**
   * The gradient with respect to one of the tensors: each dy added to the element that it comes
   * from.
   *
   * @param dy of the result, not modified
   * @param begin the number of the tensor's first element
   * @param part the tensor's shape
   */
  public static Tensor scatter(Tensor dy, int[] positions, int begin, Shape part) {
    Tensor dx = Tensor.zeros(part);
    float[] to = dx.data();
    for (int i = 0; i < positions.length; i++) {
      int at = positions[i] - begin;
      if (at >= 0 && at < part.size()) {
        to[dx.offset() + at] += dy.at(i);
      }
    }
    return dx;
  }
}
