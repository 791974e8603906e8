package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;

/**
 * Gated recurrent units over a sequence, from h<sub>0</sub> = 0, the reset gate before the product,
 * as Cho et al. [1] and TensorFlow have it:
 *
 * <p>[r; z] = sigmoid(w<sub>rz</sub> [x<sub>t</sub>; h<sub>t-1</sub>] + b<sub>rz</sub>), n =
 * tanh(w<sub>n</sub> [x<sub>t</sub>; r h<sub>t-1</sub>] + b<sub>n</sub>), h<sub>t</sub> = (1 - z) n
 * + z h<sub>t-1</sub>.
 *
 * <p>[1] <i>Learning phrase representations using RNN encoder-decoder</i>, EMNLP 2014, section 2.3.
 *
 * <p>One step of it in plain loops: {@link io.github.snip4j.core.internal.naive.NaiveGru}.
 */
public final class GruCell extends RecurrentCell {
  private static final GateLayout WIRING = new GateLayout("gru", 3, 3, 2);
  private static final int CANDIDATE = 2; // the gate n

  private final float[] dReset; // [H, width]: by r h_(t-1)

  /** Its tape: gates r, z, n; states h_(t-1), r h_(t-1). */
  private GruCell(SavedActivations tape, GateMatrix matrix) {
    super(tape, matrix);
    dReset = Workspace.floats(CacheLine.BEGIN + sizes.state());
  }

  /**
   * Computes the outputs, and keeps what the gradients need.
   *
   * @param x {@code [T, F, N]}, not modified
   * @param w of {@code [3 H, F + H]}, rows in the order r, z, n
   * @param values of w; not modified, and kept
   * @param b {@code [3 H]}, in the same order
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static UnrolledRnn of(Tensor x, Structure w, Tensor values, Tensor b) {
    SequenceShape sizes = SequenceShape.of(WIRING, x, w.shape(), b);
    float[] biases = b.toArray();
    return UnrolledRnn.of(
        sizes, width -> GateMatrix.of(width, w, values, biases), GruCell::new, x, null);
  }

  /**
   * Runs the cell from a given state.
   *
   * @param h0 {@code [H, N]}, not modified
   */
  public static UnrolledRnn of(Tensor x, Structure w, Tensor values, Tensor b, Tensor h0) {
    SequenceShape sizes = SequenceShape.of(WIRING, x, w.shape(), b);
    float[] biases = b.toArray();
    return UnrolledRnn.of(
        sizes,
        width -> GateMatrix.of(width, w, values, biases),
        GruCell::new,
        x,
        new InitialState(h0, null));
  }

  @Override
  void forward(int t) {
    int n = sizes.state();
    float[] gates = tape.gates;
    int r = tape.gate(t, 0);
    int z = tape.gate(t, 1);
    int c = tape.gate(t, CANDIDATE);
    int h = tape.state(t);
    matrix.multiply(InputOrState.ALL, 0, tape, t);
    matrix.multiply(InputOrState.ALL, 1, tape, t);
    elements.sigmoid(2 * n, gates, r, gates, r);
    arithmetic.multiply(n, gates, r, tape.stacked, h, tape.stacked, h + n);
    matrix.multiply(InputOrState.ALL, CANDIDATE, tape, t);
    elements.tanh(n, gates, c, gates, c);
    float[] y = tape.stacked;
    int to = tape.state(t + 1);
    arithmetic.subtract(n, y, h, gates, c, y, to);
    arithmetic.multiply(n, y, to, gates, z, y, to);
    arithmetic.addTo(n, 1f, gates, c, y, to); // n + z (h - n)
  }

  @Override
  void backward(int t, float[] dh, float[] dSums, int at, float[] total) {
    int n = sizes.state();
    int begin = CacheLine.BEGIN;
    float[] gates = tape.gates;
    int r = tape.gate(t, 0);
    int z = tape.gate(t, 1);
    int c = tape.gate(t, CANDIDATE);
    int h = tape.state(t);
    int dz = at + n;
    int dn = dz + n;
    arithmetic.subtract(n, tape.stacked, h, gates, c, dSums, dz);
    arithmetic.multiply(n, dh, begin, dSums, dz, dSums, dz);
    System.arraycopy(dh, begin, dSums, dn, n);
    arithmetic.multiply(n, dh, begin, gates, z, dh, begin); // past the gates to h_(t-1)
    arithmetic.subtract(n, dSums, dn, dh, begin, dSums, dn);
    elements.tanhGradient(n, gates, c, dSums, dn, dSums, dn);
    matrix.pullBack(InputOrState.STATE, CANDIDATE, CANDIDATE + 1, dSums, at, dReset, begin);
    arithmetic.multiply(n, dReset, begin, tape.stacked, h, dSums, at);
    elements.sigmoidGradient(2 * n, gates, r, dSums, at, dSums, at);
    arithmetic.multiply(n, dReset, begin, gates, r, dReset, begin);
    arithmetic.addTo(n, 1f, dReset, begin, dh, begin);
    arithmetic.addTo(sizes.sums(), 1f, dSums, at, total, begin);
  }

  @Override
  int pulled() {
    return CANDIDATE;
  }
}
