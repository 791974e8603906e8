package io.github.snip4j.core.recurrent;

import static io.github.snip4j.core.backend.TapKernels.STRIP;

import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.TapKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/** A {@link GateMatrix} with all of its weights, packed once for all steps and slices. */
final class DenseGates implements GateMatrix {
  /** Terms at a time: what they see of a slice stays in L1. */
  private static final int DEPTH = 256;

  private static final float[] NONE = {};

  private final TapKernels kernels = KernelChoice.chosen().taps();
  private final Sizes sizes;
  private final Tensor w;
  private final float[] biases;
  private final int strips; // per gate
  private final float[] packed; // [gates, strips, F + H, 8]
  private final int[] plain; // where each column finds its row of [x; h]
  private final int[] last; // as the last gate sees it
  private final int[] inputSums; // where each row of w finds the gradient of its sum
  private final int[] stateSums;
  private float[] input = NONE; // w^T packed, the columns of x: [F / 8, gates H, 8]
  private float[] state = NONE; // those of h: [H / 8, gates H, 8]

  /**
   * @param biases of each sum
   */
  DenseGates(Sizes sizes, Tensor w, float[] biases) {
    this.sizes = sizes;
    this.w = w;
    this.biases = biases;
    int gates = sizes.wiring().gates();
    int columns = sizes.columns();
    strips = (sizes.units() - 1) / STRIP + 1;
    packed = Workspace.floats(gates * strips * STRIP * columns);
    plain = Workspace.ints(columns);
    last = Workspace.ints(columns);
    for (int j = 0; j < columns; j++) {
      plain[j] = j * sizes.width();
      int states = j < sizes.features() ? 0 : sizes.wiring().state(gates - 1);
      last[j] = plain[j] + states * sizes.state();
    }
    inputSums = sums(Columns.INPUT);
    stateSums = sums(Columns.STATE);
    Parallel.forRange(
        gates * strips,
        32,
        (from, to) -> {
          for (int s = from; s < to; s++) {
            pack(s / strips, s % strips);
          }
        });
  }

  private int[] sums(Columns columns) {
    int[] places = Workspace.ints(sizes.rows());
    for (int row = 0; row < places.length; row++) {
      int gate = row / sizes.units();
      int sum = sizes.wiring().sum(gate, columns);
      places[row] = (row + (sum - gate) * sizes.units()) * sizes.width();
    }
    return places;
  }

  private void pack(int gate, int strip) {
    int columns = sizes.columns();
    int width = Math.min(STRIP, sizes.units() - strip * STRIP);
    int from = (gate * sizes.units() + strip * STRIP) * columns;
    int to = (gate * strips + strip) * STRIP * columns;
    for (int j = 0; j < columns; j++) {
      for (int r = 0; r < width; r++) {
        packed[to + r] = w.at(from + r * columns + j);
      }
      Arrays.fill(packed, to + width, to + STRIP, 0f);
      to += STRIP;
    }
  }

  @Override
  public void multiply(Columns columns, int gate, Tape tape, int t) {
    int n = sizes.width();
    int sum = sizes.wiring().sum(gate, columns);
    int at = tape.gate(t, sum);
    for (int u = 0; u < sizes.units(); u++) {
      Arrays.fill(tape.gates, at + u * n, at + (u + 1) * n, biases[sum * sizes.units() + u]);
    }
    int step = sizes.columns() * STRIP;
    int first = columns == Columns.STATE ? sizes.features() : 0;
    int to = columns == Columns.INPUT ? sizes.features() : sizes.columns();
    for (int p = first; p < to; p += DEPTH) {
      kernels.taps(
          sizes.units(),
          n,
          packed,
          gate * strips * step + p * STRIP,
          step,
          gate == sizes.wiring().gates() - 1 ? last : plain,
          p,
          Math.min(to, p + DEPTH),
          tape.stacked,
          tape.stacked(t),
          tape.gates,
          at,
          n,
          true);
    }
  }

  @Override
  public void beginBack() {
    input = packTransposed(0, sizes.features());
    state = packTransposed(sizes.features(), sizes.units());
  }

  private float[] packTransposed(int first, int columns) {
    int rows = sizes.rows();
    float[] to = Workspace.floats(((columns - 1) / STRIP + 1) * STRIP * rows);
    Parallel.forRange(
        (columns - 1) / STRIP + 1,
        8,
        (from, end) -> {
          for (int s = from; s < end; s++) {
            int width = Math.min(STRIP, columns - s * STRIP);
            int source = w.offset() + first + s * STRIP;
            for (int target = s * STRIP * rows; target < (s + 1) * STRIP * rows; target += STRIP) {
              System.arraycopy(w.data(), source, to, target, width);
              Arrays.fill(to, target + width, target + STRIP, 0f);
              source += sizes.columns();
            }
          }
        });
    return to;
  }

  @Override
  public void pullBack(
      Columns columns, int fromGate, int toGate, float[] dSums, int at, float[] dx, int dxAt) {
    boolean byInput = columns == Columns.INPUT;
    int n = sizes.width();
    int end = toGate * sizes.units();
    int first = fromGate * sizes.units();
    for (int p = first; p < end; p += DEPTH) {
      kernels.taps(
          byInput ? sizes.features() : sizes.units(),
          n,
          byInput ? input : state,
          p * STRIP,
          sizes.rows() * STRIP,
          byInput ? inputSums : stateSums,
          p,
          Math.min(end, p + DEPTH),
          dSums,
          at,
          dx,
          dxAt,
          n,
          p > first);
    }
  }

  @Override
  public int stepsAtATime() {
    return Math.max(1, DEPTH / sizes.width());
  }

  @Override
  public WeightGradient gradient() {
    return new DenseGatesGradient(sizes, stepsAtATime());
  }
}
