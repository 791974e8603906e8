package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * Long short-term memory [1, 2] over a sequence, from h<sub>0</sub> = c<sub>0</sub> = 0 where
 * nothing else is given:
 *
 * <p>[i; f; g; o] = w [x<sub>t</sub>; h<sub>t-1</sub>] + b, then i, f, o by the sigmoid and g by
 * tanh, where f has the forget bias added first; c<sub>t</sub> = f c<sub>t-1</sub> + i g;
 * h<sub>t</sub> = o tanh c<sub>t</sub>.
 *
 * <p>[1] Hochreiter, Schmidhuber, <i>Long short-term memory</i>, Neural Computation 9(8), 1997.
 *
 * <p>[2] Gers, Schmidhuber, Cummins, <i>Learning to forget</i>, Neural Computation 12(10), 2000.
 *
 * <p>One step of it in plain loops: {@link io.github.snip4j.core.internal.naive.NaiveLstm}.
 */
public final class LstmCell extends RecurrentCell {
  private static final GateLayout WIRING = new GateLayout("lstm", 4, 4, 1);

  /** Elements of the state at a time: what becomes of them stays in L1. */
  private static final int BLOCK = 512;

  private final float[] cells; // [T + 1, H, width]: c_(t-1)
  private final float[] squashed; // [T, H, width]: tanh c_t
  private final float[] dc; // [H, width]

  private LstmCell(SavedActivations tape, GateMatrix matrix) {
    super(tape, matrix);
    cells = Workspace.floats((sizes.steps() + 1) * sizes.state());
    squashed = Workspace.floats(sizes.steps() * sizes.state());
    dc = Workspace.floats(sizes.state());
  }

  /**
   * Computes the outputs, and keeps what the gradients need.
   *
   * @param x {@code [T, F, N]}, not modified
   * @param w of {@code [4 H, F + H]}, rows in the order i, f, g, o
   * @param values of w; not modified, and kept
   * @param b {@code [4 H]}, in the same order
   * @param forgetBias added to f's; 1 lets a new cell remember
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static UnrolledRnn of(Tensor x, Structure w, Tensor values, Tensor b, float forgetBias) {
    SequenceShape sizes = SequenceShape.of(WIRING, x, w.shape(), b);
    GateMatrix matrix = GateMatrix.of(sizes, w, values, biases(sizes, b, forgetBias));
    return UnrolledRnn.of(sizes, matrix, LstmCell::new, x, null);
  }

  /**
   * Runs the cell from a given state. The outputs are {@code [T + 1, H, N]}: those of all steps,
   * and c<sub>T</sub>.
   *
   * @param h0 {@code [H, N]}, not modified
   * @param c0 {@code [H, N]}, not modified
   */
  public static UnrolledRnn of(
      Tensor x, Structure w, Tensor values, Tensor b, float forgetBias, Tensor h0, Tensor c0) {
    SequenceShape sizes = SequenceShape.of(WIRING, x, w.shape(), b);
    GateMatrix matrix = GateMatrix.of(sizes, w, values, biases(sizes, b, forgetBias));
    return UnrolledRnn.of(sizes, matrix, LstmCell::new, x, new InitialState(h0, c0));
  }

  private static float[] biases(SequenceShape sizes, Tensor b, float forgetBias) {
    float[] biases = b.toArray();
    for (int u = sizes.units(); u < 2 * sizes.units(); u++) {
      biases[u] += forgetBias;
    }
    return biases;
  }

  @Override
  void begin() {
    Arrays.fill(cells, 0, sizes.state(), 0f);
  }

  @Override
  void beginWith(Tensor c0) {
    tape.take(c0, 0, cells, 0);
  }

  @Override
  void putCells(Tensor outputs) {
    tape.give(cells, sizes.steps() * sizes.state(), outputs, sizes.steps());
  }

  @Override
  void forward(int t) {
    for (int gate = 0; gate < 4; gate++) {
      matrix.multiply(InputOrState.ALL, gate, tape, t);
    }
    for (int at = 0; at < sizes.state(); at += BLOCK) {
      activate(t, at, Math.min(BLOCK, sizes.state() - at));
    }
  }

  /** From the sums to h<sub>t</sub>, for n elements of the state. */
  private void activate(int t, int at, int n) {
    float[] gates = tape.gates;
    int i = tape.gate(t, 0) + at;
    int f = tape.gate(t, 1) + at;
    int g = tape.gate(t, 2) + at;
    int o = tape.gate(t, 3) + at;
    int before = t * sizes.state() + at;
    int c = before + sizes.state();
    elements.sigmoid(n, gates, i, gates, i);
    elements.sigmoid(n, gates, f, gates, f);
    elements.tanh(n, gates, g, gates, g);
    elements.sigmoid(n, gates, o, gates, o);
    arithmetic.multiply(n, gates, f, cells, before, cells, c);
    arithmetic.multiply(n, gates, i, gates, g, squashed, before);
    arithmetic.addTo(n, 1f, squashed, before, cells, c);
    elements.tanh(n, cells, c, squashed, before);
    arithmetic.multiply(n, gates, o, squashed, before, tape.stacked, tape.state(t + 1) + at);
  }

  @Override
  void beginBack() {
    Arrays.fill(dc, 0f);
  }

  @Override
  void beginBackWith(Tensor dy) {
    tape.take(dy, sizes.steps(), dc, 0);
  }

  @Override
  void putCellGradient(Tensor dc0) {
    tape.give(dc, 0, dc0, 0);
  }

  @Override
  void backward(int t, float[] dh, float[] dSums, int at) {
    for (int of = 0; of < sizes.state(); of += BLOCK) {
      backward(t, of, Math.min(BLOCK, sizes.state() - of), dh, dSums, at + of);
    }
  }

  private void backward(int t, int at, int n, float[] dh, float[] dSums, int di) {
    float[] gates = tape.gates;
    int i = tape.gate(t, 0) + at;
    int f = tape.gate(t, 1) + at;
    int g = tape.gate(t, 2) + at;
    int o = tape.gate(t, 3) + at;
    int before = t * sizes.state() + at;
    int df = di + sizes.state();
    int dg = df + sizes.state();
    int dO = dg + sizes.state();
    arithmetic.multiply(n, dh, at, squashed, before, dSums, dO);
    elements.sigmoidGradient(n, gates, o, dSums, dO, dSums, dO);
    arithmetic.multiply(n, dh, at, gates, o, dh, at);
    elements.tanhGradient(n, squashed, before, dh, at, dh, at);
    arithmetic.addTo(n, 1f, dh, at, dc, at); // dc_t
    arithmetic.multiply(n, dc, at, gates, g, dSums, di);
    arithmetic.multiply(n, dc, at, cells, before, dSums, df);
    elements.sigmoidGradient(n, gates, i, dSums, di, dSums, di);
    elements.sigmoidGradient(n, gates, f, dSums, df, dSums, df);
    arithmetic.multiply(n, dc, at, gates, i, dSums, dg);
    elements.tanhGradient(n, gates, g, dSums, dg, dSums, dg);
    arithmetic.multiply(n, dc, at, gates, f, dc, at); // dc_(t-1), as far as through c_t
    Arrays.fill(dh, at, at + n, 0f); // all of h_(t-1) goes through the sums
  }

  @Override
  int pulled() {
    return 4;
  }
}
