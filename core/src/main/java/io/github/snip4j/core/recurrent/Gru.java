package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.ArithmeticKernels;
import io.github.snip4j.core.backend.ElementKernels;
import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
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
  private static final Wiring WIRING = new Wiring("gru", 3, 3, 2);
  private static final int CANDIDATE = 2; // the gate n

  private final Sizes sizes;
  private final GateMatrix matrix;
  private final Tape tape; // its gates: r, z, n; its states: h_(t-1), r h_(t-1)
  private final ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();
  private final ElementKernels elements = KernelChoice.chosen().elements();

  private Gru(Tape tape, GateMatrix matrix) {
    this.sizes = tape.sizes;
    this.matrix = matrix;
    this.tape = tape;
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
    Sizes sizes = Sizes.of(WIRING, x, w.shape(), b);
    return new Gru(new Tape(sizes, x), new DenseGates(sizes, w)).run(b.toArray());
  }

  /**
   * As {@link #of(Tensor, Tensor, Tensor)}, with a matrix of which few values are kept.
   *
   * @param w the pattern of w
   * @param values {@code [kept]}, not modified, and kept
   */
  public static Gru of(Tensor x, SparsePattern w, Tensor values, Tensor b) {
    Sizes sizes = Sizes.of(WIRING, x, Shape.of(w.rows(), w.columns()), b);
    GateMatrix matrix = new SparseGates(sizes, w, values);
    return new Gru(new Tape(sizes, x), matrix).run(b.toArray());
  }

  private Gru run(float[] biases) {
    for (int step = 0; step < sizes.steps(); step++) {
      int t = step;
      sizes.forUnits((unit, end) -> reset(t, unit, end, biases));
      sizes.forUnits((unit, end) -> update(t, unit, end, biases));
    }
    return this;
  }

  /** The outputs h<sub>1</sub> .. h<sub>T</sub>, {@code [T, H, N]}. */
  public Tensor outputs() {
    return tape.outputs;
  }

  private void multiply(int gate, int t, int unit, int end, float[] biases) {
    int at = t * sizes.stacked();
    matrix.multiply(
        Columns.ALL, gate, unit, end, biases, tape.stacked, at, tape.gates, tape.gate(t, 0));
  }

  private void reset(int t, int unit, int end, float[] biases) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    float[] gates = tape.gates;
    int r = tape.gate(t, 0) + at;
    int z = tape.gate(t, 1) + at;
    int h = tape.state(t) + at;
    multiply(0, t, unit, end, biases);
    multiply(1, t, unit, end, biases);
    elements.sigmoid(n, gates, r, gates, r);
    elements.sigmoid(n, gates, z, gates, z);
    arithmetic.multiply(n, gates, r, tape.stacked, h, tape.stacked, h + sizes.state());
  }

  private void update(int t, int unit, int end, float[] biases) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    float[] gates = tape.gates;
    int z = tape.gate(t, 1) + at;
    int c = tape.gate(t, CANDIDATE) + at;
    int to = tape.outputs.offset() + t * sizes.state() + at;
    float[] y = tape.outputs.data();
    multiply(CANDIDATE, t, unit, end, biases);
    elements.tanh(n, gates, c, gates, c);
    arithmetic.subtract(n, tape.stacked, tape.state(t) + at, gates, c, y, to);
    arithmetic.multiply(n, y, to, gates, z, y, to);
    arithmetic.addTo(n, 1f, gates, c, y, to); // n + z (h - n)
    tape.keep(t, at, n);
  }

  /**
   * The gradients, by back-propagation through time.
   *
   * @param dy the upstream gradient, {@code [T, H, N]}
   * @param byInput whether that by x is asked for
   */
  public SequenceGradients gradients(Tensor dy, boolean byInput) {
    Unrolled unrolled = new Unrolled(tape, matrix, byInput);
    float[] dSums = unrolled.dSums;
    float[] dh = Workspace.floats(sizes.state());
    float[] pulled = Workspace.floats(sizes.state());
    Arrays.fill(dh, 0f);
    for (int step = sizes.steps() - 1; step >= 0; step--) {
      int t = step;
      int now = unrolled.at(t);
      sizes.forUnits(
          (unit, end) -> {
            if (t < sizes.steps() - 1) {
              int at = unit * sizes.batch();
              unrolled.matrix.pullBack(
                  Columns.STATE, 0, CANDIDATE, unit, end, dSums, unrolled.at(t + 1), pulled, 0);
              arithmetic.addTo((end - unit) * sizes.batch(), 1f, pulled, at, dh, at);
            }
            backUpdate(t, unit, end, dy, dh, dSums, now);
          });
      sizes.forUnits(
          (unit, end) -> {
            unrolled.matrix.pullBack(
                Columns.STATE, CANDIDATE, CANDIDATE + 1, unit, end, dSums, now, pulled, 0);
            backReset(t, unit, end, dh, pulled, dSums, now);
            unrolled.addUp(t, unit, end);
          });
      unrolled.done(t);
    }
    Workspace.giveBack(dh);
    Workspace.giveBack(pulled);
    return unrolled.gradients();
  }

  /** From h_t to z and n; dh becomes what reaches h_(t-1) past the gates. */
  private void backUpdate(
      int t, int unit, int end, Tensor dy, float[] dh, float[] dSums, int sumsAt) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    float[] gates = tape.gates;
    int z = tape.gate(t, 1) + at;
    int c = tape.gate(t, CANDIDATE) + at;
    int dz = sumsAt + sizes.state() + at;
    int dn = dz + sizes.state();
    arithmetic.addTo(n, 1f, dy.data(), dy.offset() + t * sizes.state() + at, dh, at);
    arithmetic.subtract(n, tape.stacked, tape.state(t) + at, gates, c, dSums, dz);
    arithmetic.multiply(n, dh, at, dSums, dz, dSums, dz);
    elements.sigmoidGradient(n, gates, z, dSums, dz, dSums, dz);
    System.arraycopy(dh, at, dSums, dn, n);
    arithmetic.multiply(n, dh, at, gates, z, dh, at);
    arithmetic.subtract(n, dSums, dn, dh, at, dSums, dn);
    elements.tanhGradient(n, gates, c, dSums, dn, dSums, dn);
  }

  /** From r h_(t-1) to r, and to h_(t-1). */
  private void backReset(
      int t, int unit, int end, float[] dh, float[] dReset, float[] dSums, int sumsAt) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    float[] gates = tape.gates;
    int r = tape.gate(t, 0) + at;
    arithmetic.multiply(n, dReset, at, tape.stacked, tape.state(t) + at, dSums, sumsAt + at);
    elements.sigmoidGradient(n, gates, r, dSums, sumsAt + at, dSums, sumsAt + at);
    arithmetic.multiply(n, dReset, at, gates, r, dReset, at);
    arithmetic.addTo(n, 1f, dReset, at, dh, at);
  }
}
