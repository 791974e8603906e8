package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Gated recurrent units over a sequence, from h<sub>0</sub> = 0, the reset gate after the product,
 * as cuDNN and PyTorch have it:
 *
 * <p>r and z as in {@link GruCell}, n = tanh(w<sub>nx</sub> x<sub>t</sub> + b<sub>nx</sub> + r
 * (w<sub>nh</sub> h<sub>t-1</sub> + b<sub>nh</sub>)), h<sub>t</sub> = (1 - z) n + z
 * h<sub>t-1</sub>.
 *
 * <p>One step of it in plain loops: {@link io.github.snip4j.core.internal.naive.NaiveGru}.
 */
public final class ResetAfterGruCell extends RecurrentCell {
  private static final GateLayout WIRING = new GateLayout("gru, reset after", 3, 4, 1);
  private static final int CANDIDATE = 2; // the gate n

  /** Its tape: gates r, z, n, and w_nh h_(t-1) + b_nh. */
  private ResetAfterGruCell(SavedActivations tape, GateMatrix matrix) {
    super(tape, matrix);
  }

  /**
   * Computes the outputs, and keeps what the gradients need.
   *
   * @param x {@code [T, F, N]}, not modified
   * @param w of {@code [3 H, F + H]}, rows in the order r, z, n
   * @param values of w; not modified, and kept
   * @param b {@code [4 H]}: of r, z, n's product with x and its product with h
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static UnrolledRnn of(Tensor x, Structure w, Tensor values, Tensor b) {
    SequenceShape sizes = SequenceShape.of(WIRING, x, w.shape(), b);
    float[] biases = b.toArray();
    return UnrolledRnn.of(
        sizes, width -> GateMatrix.of(width, w, values, biases), ResetAfterGruCell::new, x, null);
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
        ResetAfterGruCell::new,
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
    int hidden = tape.gate(t, CANDIDATE + 1);
    matrix.multiply(InputOrState.ALL, 0, tape, t);
    matrix.multiply(InputOrState.ALL, 1, tape, t);
    matrix.multiply(InputOrState.INPUT, CANDIDATE, tape, t);
    matrix.multiply(InputOrState.STATE, CANDIDATE, tape, t);
    elements.sigmoid(2 * n, gates, r, gates, r);
    float[] y = tape.stacked;
    int to = tape.state(t + 1);
    arithmetic.multiply(n, gates, r, gates, hidden, y, to);
    arithmetic.addTo(n, 1f, y, to, gates, c);
    elements.tanh(n, gates, c, gates, c);
    arithmetic.subtract(n, y, tape.state(t), gates, c, y, to);
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
    int hidden = tape.gate(t, CANDIDATE + 1);
    int dz = at + n;
    int dn = dz + n;
    int dHidden = dn + n;
    arithmetic.subtract(n, tape.stacked, tape.state(t), gates, c, dSums, dz);
    arithmetic.multiply(n, dh, begin, dSums, dz, dSums, dz);
    elements.sigmoidGradient(n, gates, z, dSums, dz, dSums, dz);
    System.arraycopy(dh, begin, dSums, dn, n);
    arithmetic.multiply(n, dh, begin, gates, z, dh, begin); // past the gates to h_(t-1)
    arithmetic.subtract(n, dSums, dn, dh, begin, dSums, dn);
    elements.tanhGradient(n, gates, c, dSums, dn, dSums, dn);
    arithmetic.multiply(n, dSums, dn, gates, hidden, dSums, at);
    elements.sigmoidGradient(n, gates, r, dSums, at, dSums, at);
    arithmetic.multiply(n, dSums, dn, gates, r, dSums, dHidden);
    arithmetic.addTo(sizes.sums(), 1f, dSums, at, total, begin);
  }

  @Override
  int pulled() {
    return CANDIDATE + 1;
  }
}
