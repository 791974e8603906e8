package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.ReductionKernels;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;

/** What all cells do around their gates: [x; h] one above the other, biases, their gradients. */
final class Stacking {
  private Stacking() {}

  /** Puts every x into its place in {@code [T, F + H, N]}, and zeros for the state before all. */
  static void start(Sizes sizes, Tensor x, float[] stacked) {
    for (int t = 0; t < sizes.steps(); t++) {
      int from = x.offset() + t * sizes.input();
      System.arraycopy(x.data(), from, stacked, t * sizes.stacked(), sizes.input());
    }
    Arrays.fill(stacked, sizes.input(), sizes.stacked(), 0f);
  }

  /** Puts n elements of the state of step t where step t + 1 takes it from. */
  static void keep(Sizes sizes, int t, int at, int n, float[] outputs, float[] stacked) {
    if (t + 1 < sizes.steps()) {
      int to = (t + 1) * sizes.stacked() + sizes.input() + at;
      System.arraycopy(outputs, t * sizes.state() + at, stacked, to, n);
    }
  }

  /**
   * Adds the biases of some units to their rows of {@code [blocks, H, N]}.
   *
   * @param from the first block
   * @param to one past the last block
   */
  static void addBiases(
      Sizes sizes, int from, int to, float[] biases, int unit, int end, float[] sums) {
    for (int block = from; block < to; block++) {
      for (int row = block * sizes.units() + unit; row < block * sizes.units() + end; row++) {
        float bias = biases[row];
        int at = row * sizes.batch();
        for (int i = at; i < at + sizes.batch(); i++) {
          sums[i] += bias;
        }
      }
    }
  }

  /** Adds the sums of some units' rows of {@code [blocks, H, N]} to their biases' gradients. */
  static void addRows(Sizes sizes, int blocks, float[] dGates, int unit, int end, double[] db) {
    ReductionKernels kernels = KernelChoice.chosen().reductions();
    for (int block = 0; block < blocks; block++) {
      for (int row = block * sizes.units() + unit; row < block * sizes.units() + end; row++) {
        db[row] += kernels.sum(sizes.batch(), dGates, row * sizes.batch());
      }
    }
  }

  static Tensor toFloats(double[] sums) {
    Tensor t = Tensor.uninitialized(Shape.of(sums.length));
    for (int i = 0; i < sums.length; i++) {
      t.data()[i] = (float) sums[i];
    }
    return t;
  }
}
