package io.github.snip4j.nn.onnx;

import java.util.List;

/**
 * A value whose elements can be told apart when a file is read, so that whatever only moves
 * elements about can be done then.
 */
interface Known extends Value {
  int[] dims();

  /**
   * Some of the elements in another order.
   *
   * @param positions row-major, of each element of the result
   */
  Known pick(int[] positions, int[] dims);

  /**
   * The elements of this and of others of its kind, one after the other.
   *
   * @param dims of the result
   * @throws IllegalArgumentException if one is of another kind
   */
  Known followedBy(List<Known> others, int[] dims);

  /** These elements in other axes. */
  Known reshaped(int[] dims);

  default int size() {
    int size = 1;
    for (int dim : dims()) {
      size *= dim;
    }
    return size;
  }
}
