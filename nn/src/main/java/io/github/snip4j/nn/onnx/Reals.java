package io.github.snip4j.nn.onnx;

import java.util.List;

/** Real numbers that do not change. */
@SuppressWarnings("ArrayRecordComponent") // plain data, never compared
record Reals(int[] dims, float[] values) implements Known {
  static Reals scalar(float value) {
    return new Reals(new int[0], new float[] {value});
  }

  @Override
  public Reals pick(int[] positions, int[] newDims) {
    float[] picked = new float[positions.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[positions[i]];
    }
    return new Reals(newDims, picked);
  }

  @Override
  public Reals followedBy(List<Known> others, int[] newDims) {
    float[] all = new float[size() + others.stream().mapToInt(Known::size).sum()];
    System.arraycopy(values, 0, all, 0, values.length);
    int at = values.length;
    for (Known other : others) {
      if (!(other instanceof Reals reals)) {
        throw new IllegalArgumentException("constants and other values in one array");
      }
      System.arraycopy(reals.values, 0, all, at, reals.values.length);
      at += reals.values.length;
    }
    return new Reals(newDims, all);
  }

  @Override
  public Reals reshaped(int[] newDims) {
    return new Reals(newDims, values);
  }
}
