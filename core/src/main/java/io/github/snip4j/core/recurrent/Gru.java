package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.ArithmeticKernels;
import io.github.snip4j.core.backend.ElementKernels;
import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * Gated recurrent units over a sequence, from h<sub>0</sub> = 0, the reset gate before the product,
 * as Cho et al. [1] and TensorFlow have it:
 *
 * <p>[r; z] = sigmoid(w<sub>rz</sub> [x<sub>t</sub>; h<sub>t-1</sub>] + b<sub>rz</sub>), n =
 * tanh(w<sub>n</sub> [x<sub>t</sub>; r h<sub>t-1</sub>] + b<sub>n</sub>), h<sub>t</sub> = (1 - z) n
 * + z h<sub>t-1</sub>.
 *
 * <p>[1] <i>Learning phrase representations using RNN encoder-decoder</i>, EMNLP 2014, section 2.3.
 */
public final class Gru {
  private final Sizes sizes;
  private final GateMatrix resetUpdate;
  private final GateMatrix candidate;
  private final int candidateAt; // where w_n begins in w
  private final Tensor w;
  private final Tensor y;
  private final float[] stacked; // [T, F + H, N]: x_t above h_(t-1)
  private final float[] resetStacked; // [T, F + H, N]: x_t above r h_(t-1)
  private final float[] gates; // [T, 3 H, N]: r, z, n
  private final ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();
  private final ElementKernels elements = KernelChoice.chosen().elements();

  private Gru(Sizes sizes, Tensor w) {
    this.sizes = sizes;
    this.w = w;
    int units = sizes.units();
    int columns = sizes.features() + units;
    candidateAt = 2 * units * columns;
    resetUpdate = new GateMatrix(2 * units, columns, sizes.batch(), w.data(), w.offset());
    candidate = new GateMatrix(units, columns, sizes.batch(), w.data(), w.offset() + candidateAt);
    y = Tensor.uninitialized(sizes.outputs());
    stacked = Workspace.floats(sizes.steps() * sizes.stacked());
    resetStacked = Workspace.floats(sizes.steps() * sizes.stacked());
    gates = Workspace.floats(sizes.steps() * 3 * sizes.state());
  }

  /**
   * Computes the outputs, and keeps what the gradients need.
   *
   * @param x {@code [T, F, N]}, not modified
   * @param w {@code [3 H, F + H]}, rows in the order r, z, n; not modified, and kept
   * @param b {@code [3 H]}, in the same order
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Gru of(Tensor x, Tensor w, Tensor b) {
    Sizes sizes = Sizes.of("gru", 3, 3, x, w, b);
    Gru gru = new Gru(sizes, w);
    float[] biases = b.toArray();
    Stacking.start(sizes, x, gru.stacked);
    Stacking.start(sizes, x, gru.resetStacked);
    int piece = sizes.unitsPerPiece();
    float[] sums = Workspace.floats(3 * sizes.state());
    for (int step = 0; step < sizes.steps(); step++) {
      int t = step;
      int stackedAt = t * sizes.stacked();
      gru.resetUpdate.apply(gru.stacked, stackedAt, sums, 0);
      Parallel.forRange(sizes.units(), piece, (u, end) -> gru.reset(t, u, end, sums, biases));
      gru.candidate.apply(gru.resetStacked, stackedAt, sums, 2 * sizes.state());
      Parallel.forRange(sizes.units(), piece, (u, end) -> gru.update(t, u, end, sums, biases));
    }
    Workspace.giveBack(sums);
    return gru;
  }

  /** The outputs h<sub>1</sub> .. h<sub>T</sub>, {@code [T, H, N]}. */
  public Tensor outputs() {
    return y;
  }

  private void reset(int t, int unit, int end, float[] sums, float[] biases) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    int r = 3 * t * sizes.state() + at;
    int z = r + sizes.state();
    int h = t * sizes.stacked() + sizes.input() + at;
    Stacking.addBiases(sizes, 0, 2, biases, unit, end, sums);
    elements.sigmoid(n, sums, at, gates, r);
    elements.sigmoid(n, sums, at + sizes.state(), gates, z);
    arithmetic.multiply(n, gates, r, stacked, h, resetStacked, h);
  }

  private void update(int t, int unit, int end, float[] sums, float[] biases) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    int z = (3 * t + 1) * sizes.state() + at;
    int c = z + sizes.state();
    int h = t * sizes.stacked() + sizes.input() + at;
    int to = t * sizes.state() + at;
    Stacking.addBiases(sizes, 2, 3, biases, unit, end, sums);
    elements.tanh(n, sums, at + 2 * sizes.state(), gates, c);
    arithmetic.subtract(n, stacked, h, gates, c, y.data(), to);
    arithmetic.multiply(n, y.data(), to, gates, z, y.data(), to);
    arithmetic.addTo(n, 1f, gates, c, y.data(), to); // n + z (h - n)
    Stacking.keep(sizes, t, at, n, y.data(), stacked);
  }

  /** The gradients, by back-propagation through time, for an upstream {@code [T, H, N]}. */
  public SequenceGradients gradients(Tensor dy) {
    Tensor dx = Tensor.uninitialized(sizes.inputs());
    Tensor dw = Tensor.uninitialized(w.shape());
    double[] db = new double[3 * sizes.units()];
    float[] dGates = Workspace.floats(3 * sizes.state()); // before the activations
    float[] dStacked = Workspace.floats(sizes.stacked()); // its lower part becomes dh
    float[] dReset = Workspace.floats(sizes.stacked());
    float[] dh = Workspace.floats(sizes.state());
    Arrays.fill(dh, 0f);
    int piece = sizes.unitsPerPiece();
    for (int step = sizes.steps() - 1; step >= 0; step--) {
      int t = step;
      boolean first = t == sizes.steps() - 1;
      int stackedAt = t * sizes.stacked();
      int candidateGatesAt = 2 * sizes.state();
      Parallel.forRange(sizes.units(), piece, (u, end) -> backUpdate(t, u, end, dy, dh, dGates));
      candidate.pullBack(dGates, candidateGatesAt, dReset);
      candidate.addGradient(
          dGates, candidateGatesAt, resetStacked, stackedAt, dw.data(), candidateAt, first);
      Parallel.forRange(
          sizes.units(),
          piece,
          (u, end) -> {
            backReset(t, u, end, dh, dReset, dGates);
            Stacking.addRows(sizes, 3, dGates, u, end, db);
          });
      resetUpdate.pullBack(dGates, 0, dStacked);
      resetUpdate.addGradient(dGates, 0, stacked, stackedAt, dw.data(), 0, first);
      int input = sizes.input();
      arithmetic.add(input, dStacked, 0, dReset, 0, dx.data(), t * input);
      arithmetic.addTo(sizes.state(), 1f, dStacked, input, dh, 0);
    }
    Workspace.giveBack(dGates);
    Workspace.giveBack(dStacked);
    Workspace.giveBack(dReset);
    Workspace.giveBack(dh);
    return new SequenceGradients(dx, dw, Stacking.toFloats(db));
  }

  /** From h_t to z and n; dh becomes what reaches h_(t-1) past the gates. */
  private void backUpdate(int t, int unit, int end, Tensor dy, float[] dh, float[] dGates) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    int z = (3 * t + 1) * sizes.state() + at;
    int c = z + sizes.state();
    int h = t * sizes.stacked() + sizes.input() + at;
    int dz = sizes.state() + at;
    int dn = dz + sizes.state();
    int dyAt = dy.offset() + t * sizes.state() + at;
    arithmetic.addTo(n, 1f, dy.data(), dyAt, dh, at);
    arithmetic.subtract(n, stacked, h, gates, c, dGates, dz);
    arithmetic.multiply(n, dh, at, dGates, dz, dGates, dz);
    elements.sigmoidGradient(n, gates, z, dGates, dz, dGates, dz);
    System.arraycopy(dh, at, dGates, dn, n);
    arithmetic.multiply(n, dh, at, gates, z, dh, at);
    arithmetic.subtract(n, dGates, dn, dh, at, dGates, dn);
    elements.tanhGradient(n, gates, c, dGates, dn, dGates, dn);
  }

  /** From r h_(t-1) to r, and to h_(t-1). */
  private void backReset(int t, int unit, int end, float[] dh, float[] dReset, float[] dGates) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    int r = 3 * t * sizes.state() + at;
    int h = t * sizes.stacked() + sizes.input() + at;
    int dq = sizes.input() + at;
    arithmetic.multiply(n, dReset, dq, stacked, h, dGates, at);
    elements.sigmoidGradient(n, gates, r, dGates, at, dGates, at);
    arithmetic.multiply(n, dReset, dq, gates, r, dReset, dq);
    arithmetic.addTo(n, 1f, dReset, dq, dh, at);
  }
}
