package io.github.snip4j.nn.onnx;

import java.util.Arrays;

/**
 * An array of an ONNX file: real numbers as floats, whole numbers and booleans as longs.
 *
 * @param type the format's number for the type of the elements
 * @param reals row-major; empty if the elements are whole
 * @param wholes row-major; empty if the elements are real
 */
@SuppressWarnings("ArrayRecordComponent") // plain data, never compared
record TensorData(String name, int type, int[] dims, float[] reals, long[] wholes) {
  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int INT8 = 3;
  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int BOOL = 9;
  static final int FLOAT16 = 10;
  static final int DOUBLE = 11;
  static final int BFLOAT16 = 16;

  static TensorData of(String name, int[] dims, float... reals) {
    return new TensorData(name, FLOAT, dims, reals, new long[0]);
  }

  static TensorData of(String name, int[] dims, long... wholes) {
    return new TensorData(name, INT64, dims, new float[0], wholes);
  }

  /** A vector of whole numbers. */
  static TensorData vector(String name, long... wholes) {
    return of(name, new int[] {wholes.length}, wholes);
  }

  boolean isReal() {
    return type == FLOAT || type == FLOAT16 || type == DOUBLE || type == BFLOAT16;
  }

  int size() {
    return isReal() ? reals.length : wholes.length;
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name + Arrays.toString(dims);
  }
}
