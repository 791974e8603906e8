package io.github.snip4j.core.recurrent;

import static io.github.snip4j.core.backend.TapKernels.STRIP;

import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.TapKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/** A {@link GateMatrix} with all of its weights, packed once for all steps: a strip is 8 units. */
final class DenseGates implements GateMatrix {
  /** Terms at a time: what they see of x stays in L1. */
  private static final int DEPTH = 256;

  private final TapKernels kernels = KernelChoice.chosen().taps();
  private final Sizes sizes;
  private final Tensor w;
  private final int strips; // per gate
  private final float[] packed; // [gates, strips, F + H, 8]
  private final int[] plain; // where each column finds its row of [x; h]
  private final int[] last; // as the last gate sees it

  DenseGates(Sizes sizes, Tensor w) {
    this.sizes = sizes;
    this.w = w;
    int gates = sizes.wiring().gates();
    int columns = sizes.columns();
    strips = (sizes.units() - 1) / STRIP + 1;
    packed = Workspace.floats(gates * strips * STRIP * columns);
    plain = Workspace.ints(columns);
    last = Workspace.ints(columns);
    for (int j = 0; j < columns; j++) {
      plain[j] = j * sizes.batch();
      int state = j < sizes.features() ? 0 : sizes.wiring().state(gates - 1);
      last[j] = plain[j] + state * sizes.state();
    }
    Parallel.forRange(
        gates * strips,
        32,
        (from, to) -> {
          for (int s = from; s < to; s++) {
            pack(s / strips, s % strips);
          }
        });
  }

  private void pack(int gate, int strip) {
    int columns = sizes.columns();
    int width = Math.min(STRIP, sizes.units() - strip * STRIP);
    int from = w.offset() + (gate * sizes.units() + strip * STRIP) * columns;
    int to = (gate * strips + strip) * STRIP * columns;
    for (int j = 0; j < columns; j++) {
      for (int r = 0; r < width; r++) {
        packed[to + r] = w.data()[from + r * columns + j];
      }
      Arrays.fill(packed, to + width, to + STRIP, 0f);
      to += STRIP;
    }
  }

  @Override
  public void multiply(
      Columns columns,
      int gate,
      int unit,
      int end,
      float[] b,
      float[] stacked,
      int at,
      float[] sums,
      int sumsAt) {
    int n = sizes.batch();
    int row = sizes.wiring().sum(gate, columns) * sizes.units() + unit;
    int step = sizes.columns() * STRIP;
    int first = columns == Columns.STATE ? sizes.features() : 0;
    int to = columns == Columns.INPUT ? sizes.features() : sizes.columns();
    for (int p = first; p < to; p += DEPTH) {
      kernels.taps(
          end - unit,
          n,
          packed,
          (gate * strips + unit / STRIP) * step + p * STRIP,
          step,
          gate == sizes.wiring().gates() - 1 ? last : plain,
          p,
          Math.min(to, p + DEPTH),
          stacked,
          at,
          sums,
          sumsAt + row * n,
          n,
          p > first);
    }
    for (int r = row; r < row + end - unit; r++) {
      float bias = b[r];
      int sum = sumsAt + r * n;
      for (int i = sum; i < sum + n; i++) {
        sums[i] += bias;
      }
    }
  }

  @Override
  public Gradient gradient() {
    return new DenseGatesGradient(sizes, w);
  }
}
