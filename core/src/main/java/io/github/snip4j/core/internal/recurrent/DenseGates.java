package io.github.snip4j.core.internal.recurrent;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.backend.PanelPacking;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/** A {@link GateMatrix} with all of its weights, packed once for all steps and slices. */
final class DenseGates implements GateMatrix {
  /** Terms at a time: what they see of a slice stays in L1. */
  private static final int DEPTH = 256;

  private static final float[] NONE = {};

  private final IndirectGemmKernels kernels;
  private final SequenceShape sizes;
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
  DenseGates(SequenceShape sizes, Tensor w, float[] biases) {
    this.sizes = sizes;
    this.kernels = sizes.kernels().taps();
    this.w = w;
    this.biases = biases;
    int gates = sizes.wiring().gates();
    int columns = sizes.columns();
    strips = (sizes.units() - 1) / MR + 1;
    packed = Workspace.floats(gates * strips * MR * columns);
    plain = Workspace.ints(columns);
    last = Workspace.ints(columns);
    for (int j = 0; j < columns; j++) {
      plain[j] = j * sizes.width();
      int states = j < sizes.features() ? 0 : sizes.wiring().state(gates - 1);
      last[j] = plain[j] + states * sizes.state();
    }
    inputSums = sums(InputOrState.INPUT);
    stateSums = sums(InputOrState.STATE);
    Parallel.forRange(
        gates * strips,
        32,
        (from, to) -> {
          for (int s = from; s < to; s++) {
            pack(s / strips, s % strips);
          }
        });
  }

  private int[] sums(InputOrState columns) {
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
    int width = Math.min(MR, sizes.units() - strip * MR);
    int from = w.offset() + (gate * sizes.units() + strip * MR) * columns;
    int to = (gate * strips + strip) * MR * columns;
    PanelPacking.panel(w.data(), from, 1, columns, columns, width, MR, packed, to);
  }

  @Override
  public void multiply(InputOrState columns, int gate, SavedActivations tape, int t) {
    int n = sizes.width();
    int sum = sizes.wiring().sum(gate, columns);
    int at = tape.gate(t, sum);
    for (int u = 0; u < sizes.units(); u++) {
      Arrays.fill(tape.gates, at + u * n, at + (u + 1) * n, biases[sum * sizes.units() + u]);
    }
    int step = sizes.columns() * MR;
    int first = columns == InputOrState.STATE ? sizes.features() : 0;
    int to = columns == InputOrState.INPUT ? sizes.features() : sizes.columns();
    for (int p = first; p < to; p += DEPTH) {
      kernels.taps(
          sizes.units(),
          n,
          packed,
          gate * strips * step + p * MR,
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
    float[] to = Workspace.floats(((columns - 1) / MR + 1) * MR * rows);
    Parallel.forRange(
        (columns - 1) / MR + 1,
        8,
        (from, end) -> {
          for (int s = from; s < end; s++) {
            int width = Math.min(MR, columns - s * MR);
            int source = w.offset() + first + s * MR;
            PanelPacking.panel(
                w.data(), source, sizes.columns(), 1, rows, width, MR, to, s * MR * rows);
          }
        });
    return to;
  }

  @Override
  public void pullBack(
      InputOrState columns, int fromGate, int toGate, float[] dSums, int at, float[] dx, int dxAt) {
    boolean byInput = columns == InputOrState.INPUT;
    int n = sizes.width();
    int end = toGate * sizes.units();
    int first = fromGate * sizes.units();
    for (int p = first; p < end; p += DEPTH) {
      kernels.taps(
          byInput ? sizes.features() : sizes.units(),
          n,
          byInput ? input : state,
          p * MR,
          sizes.rows() * MR,
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

  static int stepsAtATime(SequenceShape sizes) {
    return Math.max(1, DEPTH / sizes.width());
  }

  @Override
  public int stepsAtATime() {
    return stepsAtATime(sizes);
  }

  @Override
  public WeightGradient gradient() {
    return new DenseGatesGradient(sizes, stepsAtATime());
  }
}
