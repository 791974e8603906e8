package io.github.snip4j.nn.onnx;

import java.util.Arrays;

/** Where the elements of a rearranged array come from: row-major positions, one per element. */
final class Rearrangements {
  private Rearrangements() {}

  /**
   * Of any array whose element at some coordinates comes from coordinates that depend on them axis
   * by axis.
   *
   * @param strides of the source, per axis of the result
   * @param sources per axis of the result, the source's coordinate for each of its own
   */
  private static int[] positions(int[] strides, int[][] sources) {
    int size = 1;
    for (int[] axis : sources) {
      size = Math.multiplyExact(size, axis.length);
    }
    int[] positions = new int[size];
    int[] at = new int[sources.length];
    for (int i = 0; i < size; i++) {
      int position = 0;
      for (int axis = 0; axis < at.length; axis++) {
        position += sources[axis][at[axis]] * strides[axis];
      }
      positions[i] = position;
      for (int axis = at.length - 1; axis >= 0 && ++at[axis] == sources[axis].length; axis--) {
        at[axis] = 0;
      }
    }
    return positions;
  }

  private static int[] strides(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
    return strides;
  }

  private static int[] upTo(int length) {
    int[] all = new int[length];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static int[][] everything(int[] dims) {
    return Arrays.stream(dims).mapToObj(Rearrangements::upTo).toArray(int[][]::new);
  }

  /** Axes in another order: axis i of the result is axis {@code order[i]}. */
  static Known transpose(Known x, int[] order) {
    int[] dims = Arrays.stream(order).map(axis -> x.dims()[axis]).toArray();
    int[] strides = strides(x.dims());
    int[] reordered = Arrays.stream(order).map(axis -> strides[axis]).toArray();
    return x.pick(positions(reordered, everything(dims)), dims);
  }

  /** The elements at some coordinates of one axis. */
  static Known take(Known x, int axis, int[] coordinates) {
    int[] dims = x.dims().clone();
    dims[axis] = coordinates.length;
    int[][] sources = everything(x.dims());
    sources[axis] = coordinates;
    return x.pick(positions(strides(x.dims()), sources), dims);
  }

  /** Repeated along axes of length 1, or in front, to dims that it can be broadcast to. */
  static Known expand(Known x, int[] dims) {
    int more = dims.length - x.dims().length;
    int[] strides = new int[dims.length];
    System.arraycopy(strides(x.dims()), 0, strides, more, x.dims().length);
    int[][] sources = new int[dims.length][];
    for (int axis = 0; axis < dims.length; axis++) {
      boolean repeated = axis < more || x.dims()[axis - more] == 1;
      sources[axis] = repeated ? new int[dims[axis]] : upTo(dims[axis]);
    }
    return x.pick(positions(strides, sources), dims);
  }

  /** Where element i of the result is in parts that were put one behind the other. */
  static int[] interleave(int[][] partDims, int axis, int[] dims) {
    int outer = 1;
    for (int i = 0; i < axis; i++) {
      outer *= dims[i];
    }
    int total = Arrays.stream(dims).reduce(1, Math::multiplyExact);
    int[] positions = new int[total];
    int next = 0;
    for (int row = 0; row < outer; row++) {
      int begin = 0;
      for (int[] part : partDims) {
        int size = Arrays.stream(part).reduce(1, (a, b) -> a * b);
        int run = outer == 0 ? 0 : size / outer;
        for (int i = 0; i < run; i++) {
          positions[next++] = begin + row * run + i;
        }
        begin += size;
      }
    }
    return positions;
  }
}
