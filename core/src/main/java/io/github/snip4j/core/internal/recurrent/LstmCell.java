package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.LstmKernels;
import io.github.snip4j.core.tensor.CacheLine;
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

  private final LstmKernels kernels;
  private final float[] cells; // [T + 1, H, width]: c_(t-1)
  private final float[] squashed; // [T, H, width]: tanh c_t
  private final float[] dc; // [H, width]

  private LstmCell(SavedActivations tape, GateMatrix matrix) {
    super(tape, matrix);
    kernels = sizes.kernels().lstm();
    cells = Workspace.floats(CacheLine.BEGIN + (sizes.steps() + 1) * sizes.state());
    squashed = Workspace.floats(CacheLine.BEGIN + sizes.steps() * sizes.state());
    dc = Workspace.floats(CacheLine.BEGIN + sizes.state());
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
    float[] biases = biases(sizes, b, forgetBias);
    return UnrolledRnn.of(
        sizes, width -> GateMatrix.of(width, w, values, biases), LstmCell::new, x, null);
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
    float[] biases = biases(sizes, b, forgetBias);
    return UnrolledRnn.of(
        sizes,
        width -> GateMatrix.of(width, w, values, biases),
        LstmCell::new,
        x,
        new InitialState(h0, c0));
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
    Arrays.fill(cells, CacheLine.BEGIN, CacheLine.BEGIN + sizes.state(), 0f);
  }

  @Override
  void beginWith(Tensor c0) {
    tape.take(c0, 0, cells, CacheLine.BEGIN);
  }

  @Override
  void putCells(Tensor outputs) {
    tape.give(cells, CacheLine.BEGIN + sizes.steps() * sizes.state(), outputs, sizes.steps());
  }

  @Override
  void forward(int t) {
    for (int gate = 0; gate < 4; gate++) {
      matrix.multiply(InputOrState.ALL, gate, tape, t);
    }
    int before = CacheLine.BEGIN + t * sizes.state();
    int after = before + sizes.state();
    kernels.forward(
        sizes.state(),
        tape.gates,
        tape.gate(t, 0),
        sizes.state(),
        cells,
        before,
        after,
        squashed,
        before,
        tape.stacked,
        tape.state(t + 1));
  }

  @Override
  void beginBack() {
    Arrays.fill(dc, 0f);
  }

  @Override
  void beginBackWith(Tensor dy) {
    tape.take(dy, sizes.steps(), dc, CacheLine.BEGIN);
  }

  @Override
  void putCellGradient(Tensor dc0) {
    tape.give(dc, CacheLine.BEGIN, dc0, 0);
  }

  @Override
  void backward(int t, float[] dh, float[] dSums, int at, float[] total) {
    int before = CacheLine.BEGIN + t * sizes.state();
    int begin = CacheLine.BEGIN;
    kernels.backward(
        sizes.state(),
        tape.gates,
        tape.gate(t, 0),
        sizes.state(),
        cells,
        before,
        squashed,
        before,
        dh,
        begin,
        dc,
        begin,
        dSums,
        at,
        total,
        begin);
  }

  @Override
  boolean carriesState() {
    return false;
  }

  @Override
  int pulled() {
    return 4;
  }
}
