package io.github.snip4j.core.recurrent;

import static io.github.snip4j.core.backend.TapKernels.STRIP;

import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.TapKernels;
import io.github.snip4j.core.blas.Gemm;
import io.github.snip4j.core.blas.GemmChoice;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/** The products of {@link DenseGates} that gradients take: the transpose is packed, too. */
final class DenseGatesGradient implements GateMatrix.Gradient {
  /** Terms at a time: what they see of the gradient stays in L1. */
  private static final int DEPTH = 256;

  private final TapKernels kernels = KernelChoice.chosen().taps();
  private final Gemm gemm = GemmChoice.chosen();
  private final Sizes sizes;
  private final Tensor w;
  private final Tensor dw;
  private final float[] lastByInput; // [H, F]: the last gate's, where x and the state are apart
  private final float[] lastByState; // [H, H]
  private boolean started;
  private final float[] input; // w^T packed, the columns of x: [F / 8, gates H, 8]
  private final float[] state; // those of h: [H / 8, gates H, 8]
  private final int[] inputOffsets; // where each row of w finds the gradient of its sum
  private final int[] stateOffsets;

  DenseGatesGradient(Sizes sizes, Tensor w) {
    this.sizes = sizes;
    this.w = w;
    dw = Tensor.uninitialized(w.shape());
    boolean apart = !sizes.wiring().isPlain();
    lastByInput = Workspace.floats(apart ? sizes.units() * sizes.features() : 0);
    lastByState = Workspace.floats(apart ? sizes.units() * sizes.units() : 0);
    input = pack(0, sizes.features());
    state = pack(sizes.features(), sizes.units());
    inputOffsets = offsets(Columns.INPUT);
    stateOffsets = offsets(Columns.STATE);
  }

  private float[] pack(int first, int columns) {
    int rows = sizes.rows();
    int strips = (columns - 1) / STRIP + 1;
    float[] to = Workspace.floats(strips * STRIP * rows);
    Parallel.forRange(
        strips,
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

  private int[] offsets(Columns columns) {
    int[] offsets = Workspace.ints(sizes.rows());
    for (int row = 0; row < offsets.length; row++) {
      int gate = row / sizes.units();
      int sum = sizes.wiring().sum(gate, columns);
      offsets[row] = (row + (sum - gate) * sizes.units()) * sizes.batch();
    }
    return offsets;
  }

  @Override
  public void pullBack(
      Columns columns,
      int fromGate,
      int toGate,
      int from,
      int to,
      float[] dSums,
      int at,
      float[] dx,
      int dxAt) {
    int n = sizes.batch();
    int step = sizes.rows() * STRIP;
    int first = fromGate * sizes.units();
    int end = toGate * sizes.units();
    for (int p = first; p < end; p += DEPTH) {
      kernels.taps(
          to - from,
          n,
          columns == Columns.INPUT ? input : state,
          from / STRIP * step + p * STRIP,
          step,
          columns == Columns.INPUT ? inputOffsets : stateOffsets,
          p,
          Math.min(end, p + DEPTH),
          dSums,
          at,
          dx,
          dxAt + from * n,
          n,
          p > first);
    }
  }

  @Override
  public void add(Tape tape, int from, int to, float[] dSums, int[] slots) {
    for (int t = from; t < to; t++) {
      addStep(tape, t, dSums, slots[t - from]);
      started = true;
    }
  }

  private void addStep(Tape tape, int t, float[] dSums, int at) {
    int x = t * sizes.stacked();
    if (sizes.wiring().isPlain()) {
      addProduct(sizes.rows(), sizes.columns(), dSums, at, tape.stacked, x, dw.data(), dw.offset());
      return;
    }
    int gate = sizes.wiring().gates() - 1;
    int byStateAt = sizes.wiring().sum(gate, Columns.STATE) * sizes.state();
    int stateAt = sizes.input() + sizes.wiring().state(gate) * sizes.state();
    int units = sizes.units();
    addProduct(gate * units, sizes.columns(), dSums, at, tape.stacked, x, dw.data(), dw.offset());
    int last = at + gate * sizes.state();
    addProduct(units, sizes.features(), dSums, last, tape.stacked, x, lastByInput, 0);
    addProduct(units, units, dSums, at + byStateAt, tape.stacked, x + stateAt, lastByState, 0);
  }

  /** Rows of the sums' gradients times rows of x and the state, transposed. */
  private void addProduct(
      int rows,
      int columns,
      float[] d,
      int dAt,
      float[] stacked,
      int at,
      float[] product,
      int productAt) {
    int n = sizes.batch();
    gemm.multiply(false, true, rows, columns, n, d, dAt, stacked, at, product, productAt, started);
  }

  @Override
  public Tensor ofWeights() {
    int features = sizes.features();
    int units = sizes.units();
    if (!sizes.wiring().isPlain()) {
      for (int u = 0; u < units; u++) {
        int to = dw.offset() + ((sizes.wiring().gates() - 1) * units + u) * sizes.columns();
        System.arraycopy(lastByInput, u * features, dw.data(), to, features);
        System.arraycopy(lastByState, u * units, dw.data(), to + features, units);
      }
    }
    Workspace.giveBack(lastByInput);
    Workspace.giveBack(lastByState);
    return dw;
  }
}
