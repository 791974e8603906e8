package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.tensor.Shape;
import java.util.Arrays;

/**
 * A list of places for each target within one channel, one list after the other: the inputs that an
 * output's window sees, or the outputs whose windows see an input. Padding is left out.
 */
final class PoolWindows {
  private int[] offsets = new int[256];
  private float[] weights = new float[0];
  private final int[] starts;
  private int targets;

  private PoolWindows(int targets) {
    this.starts = new int[targets + 1];
  }

  /** For each output, row by row, the offsets of the inputs in its window, row by row. */
  static PoolWindows ofOutputs(PoolSpec spec, Shape x, Shape y) {
    PoolWindows windows = new PoolWindows(y.dim(1) * y.dim(2));
    for (int i = 0; i < y.dim(1); i++) {
      int top = i * spec.strideH() - spec.padTop();
      for (int j = 0; j < y.dim(2); j++) {
        int left = j * spec.strideW() - spec.padLeft();
        for (int h = Math.max(0, top); h < Math.min(x.dim(1), top + spec.kernelH()); h++) {
          for (int w = Math.max(0, left); w < Math.min(x.dim(2), left + spec.kernelW()); w++) {
            windows.add((h * x.dim(2) + w) * x.dim(3));
          }
        }
        windows.endTarget();
      }
    }
    return windows;
  }

  /** For each input, row by row, the offsets of the outputs whose windows it is in. */
  static PoolWindows ofInputs(PoolSpec spec, Shape x, Shape y) {
    PoolWindows windows = new PoolWindows(x.dim(1) * x.dim(2));
    for (int h = 0; h < x.dim(1); h++) {
      int above = h + spec.padTop();
      int lastI = Math.min(y.dim(1) - 1, above / spec.strideH());
      for (int w = 0; w < x.dim(2); w++) {
        int before = w + spec.padLeft();
        int lastJ = Math.min(y.dim(2) - 1, before / spec.strideW());
        for (int i = first(above, spec.kernelH(), spec.strideH()); i <= lastI; i++) {
          for (int j = first(before, spec.kernelW(), spec.strideW()); j <= lastJ; j++) {
            windows.add((i * y.dim(2) + j) * y.dim(3));
          }
        }
        windows.endTarget();
      }
    }
    return windows;
  }

  /** The first window that a place is in: the least i with {@code i stride + kernel > place}. */
  private static int first(int place, int kernel, int stride) {
    return place < kernel ? 0 : (place - kernel) / stride + 1;
  }

  private void add(int offset) {
    int count = starts[targets + 1]++;
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
    }
    offsets[count] = offset;
  }

  private void endTarget() {
    targets++;
    if (targets < starts.length - 1) {
      starts[targets + 1] = starts[targets];
    }
  }

  /** How many lists there are. */
  int targets() {
    return targets;
  }

  /** All lists; that of target t is from {@code start(t)} to {@code start(t + 1)}. */
  int[] offsets() {
    return offsets;
  }

  /** Where each list begins, and the last one ends. */
  int[] starts() {
    return starts;
  }

  int start(int target) {
    return starts[target];
  }

  /** How many places target t has. */
  int count(int target) {
    return starts[target + 1] - starts[target];
  }

  /** A factor for each place of each list, all 0 at first. */
  float[] weights() {
    if (weights.length < starts[targets]) {
      weights = new float[starts[targets]];
    }
    return weights;
  }
}
