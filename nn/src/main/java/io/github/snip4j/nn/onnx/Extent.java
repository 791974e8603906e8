package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.tensor.Shape;
import java.util.Arrays;

/**
 * The axes of a value as ONNX has them, and which of them the batch is.
 *
 * <p>ONNX has the batch where the file says, mostly in front; the engine has it at the end. A value
 * is kept with its other axes in ONNX's order, and then the batch: {@code [N, C, H, W]} is {@code
 * [C, H, W, N]}, and {@code [T, N, F]} is {@code [T, F, N]}. So moving the batch about, as exported
 * recurrent networks do, costs nothing.
 *
 * @param lengths one per axis; that of the batch is 1 here, whatever it will be
 * @param batch which axis it is; {@link #NONE} if the value is the same for all examples
 */
@SuppressWarnings("ArrayRecordComponent") // plain data, never compared
record Extent(int[] lengths, int batch) {
  static final int NONE = -1;

  static Extent of(int... lengths) {
    return new Extent(lengths, NONE);
  }

  boolean hasBatch() {
    return batch != NONE;
  }

  int rank() {
    return lengths.length;
  }

  /** The lengths of the other axes: the shape of one example. */
  int[] example() {
    if (!hasBatch()) {
      return lengths.clone();
    }
    int[] others = new int[lengths.length - 1];
    System.arraycopy(lengths, 0, others, 0, batch);
    System.arraycopy(lengths, batch + 1, others, batch, others.length - batch);
    return others;
  }

  /** Numbers of one example. */
  long size() {
    long size = 1;
    for (int length : lengths) {
      size = Math.multiplyExact(size, (long) length);
    }
    return size;
  }

  /** The shape here: that of an example, then the batch, if there is one. */
  Shape shape(int batchSize) {
    Shape example = Shape.of(example());
    return hasBatch() ? example.append(batchSize) : example;
  }

  /** Which axis of {@link #shape} an axis is that is not the batch. */
  int axis(int onnxAxis) {
    return hasBatch() && onnxAxis > batch ? onnxAxis - 1 : onnxAxis;
  }

  /** With more axes of length 1 in front, as broadcasting puts there. */
  Extent ofRank(int rank) {
    int more = rank - rank();
    int[] longer = new int[rank];
    Arrays.fill(longer, 0, more, 1);
    System.arraycopy(lengths, 0, longer, more, rank());
    return new Extent(longer, hasBatch() ? batch + more : NONE);
  }

  /** The product of the lengths in front of the batch. */
  long beforeBatch() {
    long product = 1;
    for (int axis = 0; axis < batch; axis++) {
      product *= lengths[axis];
    }
    return product;
  }

  /** The lengths in brackets: {@code [N, 3, 32, 32]}. */
  @Override
  public String toString() {
    String[] names = Arrays.stream(lengths).mapToObj(String::valueOf).toArray(String[]::new);
    if (hasBatch()) {
      names[batch] = "N";
    }
    return Arrays.toString(names);
  }
}
