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
 * Long short-term memory [1, 2] over a sequence, from h<sub>0</sub> = c<sub>0</sub> = 0:
 *
 * <p>[i; f; g; o] = w [x<sub>t</sub>; h<sub>t-1</sub>] + b, then i, f, o by the sigmoid and g by
 * tanh, where f has the forget bias added first; c<sub>t</sub> = f c<sub>t-1</sub> + i g;
 * h<sub>t</sub> = o tanh c<sub>t</sub>.
 *
 * <p>[1] Hochreiter, Schmidhuber, <i>Long short-term memory</i>, Neural Computation 9(8), 1997.
 *
 * <p>[2] Gers, Schmidhuber, Cummins, <i>Learning to forget</i>, Neural Computation 12(10), 2000.
 */
public final class Lstm {
  private static final Wiring WIRING = new Wiring("lstm", 4, 4, 1);

  private final Sizes sizes;
  private final GateMatrix matrix;
  private final Tape tape; // its gates: i, f, g, o
  private final float[] cells; // [T + 1, H, N]: c_(t-1)
  private final float[] squashed; // [T, H, N]: tanh c_t
  private final ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();
  private final ElementKernels elements = KernelChoice.chosen().elements();

  private Lstm(Tape tape, GateMatrix matrix) {
    this.sizes = tape.sizes;
    this.matrix = matrix;
    this.tape = tape;
    cells = Workspace.floats((sizes.steps() + 1) * sizes.state());
    squashed = Workspace.floats(sizes.steps() * sizes.state());
  }

  /**
   * Computes the outputs, and keeps what the gradients need.
   *
   * @param x {@code [T, F, N]}, not modified
   * @param w {@code [4 H, F + H]}, rows in the order i, f, g, o; not modified, and kept
   * @param b {@code [4 H]}, in the same order
   * @param forgetBias added to f's; 1 lets a new cell remember
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Lstm of(Tensor x, Tensor w, Tensor b, float forgetBias) {
    Sizes sizes = Sizes.of(WIRING, x, w.shape(), b);
    return new Lstm(new Tape(sizes, x), new DenseGates(sizes, w)).run(b.toArray(), forgetBias);
  }

  /**
   * As {@link #of(Tensor, Tensor, Tensor, float)}, with a matrix of which few values are kept.
   *
   * @param w the pattern of w
   * @param values {@code [kept]}, not modified, and kept
   */
  public static Lstm of(Tensor x, SparsePattern w, Tensor values, Tensor b, float forgetBias) {
    Sizes sizes = Sizes.of(WIRING, x, Shape.of(w.rows(), w.columns()), b);
    GateMatrix matrix = new SparseGates(sizes, w, values);
    return new Lstm(new Tape(sizes, x), matrix).run(b.toArray(), forgetBias);
  }

  private Lstm run(float[] biases, float forgetBias) {
    for (int u = sizes.units(); u < 2 * sizes.units(); u++) {
      biases[u] += forgetBias;
    }
    Arrays.fill(cells, 0, sizes.state(), 0f);
    for (int step = 0; step < sizes.steps(); step++) {
      int t = step;
      sizes.forUnits((unit, end) -> forward(t, unit, end, biases));
    }
    return this;
  }

  /** The outputs h<sub>1</sub> .. h<sub>T</sub>, {@code [T, H, N]}. */
  public Tensor outputs() {
    return tape.outputs;
  }

  private void forward(int t, int unit, int end, float[] biases) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    float[] gates = tape.gates;
    int sums = tape.gate(t, 0);
    for (int gate = 0; gate < 4; gate++) {
      matrix.multiply(
          Columns.ALL, gate, unit, end, biases, tape.stacked, t * sizes.stacked(), gates, sums);
    }
    int i = sums + at;
    int f = i + sizes.state();
    int g = f + sizes.state();
    int o = g + sizes.state();
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
    int y = tape.outputs.offset() + before;
    arithmetic.multiply(n, gates, o, squashed, before, tape.outputs.data(), y);
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
    float[] dh = Workspace.floats(sizes.state());
    float[] dc = Workspace.floats(sizes.state());
    Arrays.fill(dh, 0f);
    Arrays.fill(dc, 0f);
    for (int step = sizes.steps() - 1; step >= 0; step--) {
      int t = step;
      sizes.forUnits(
          (unit, end) -> {
            if (t < sizes.steps() - 1) {
              unrolled.matrix.pullBack(
                  Columns.STATE, 0, 4, unit, end, unrolled.dSums, unrolled.at(t + 1), dh, 0);
            }
            backward(t, unit, end, dy, dh, dc, unrolled.dSums, unrolled.at(t));
            unrolled.addUp(t, unit, end);
          });
      unrolled.done(t);
    }
    Workspace.giveBack(dh);
    Workspace.giveBack(dc);
    return unrolled.gradients();
  }

  /** From dh, as far as through later steps, and dc to what they are before this step. */
  private void backward(
      int t, int unit, int end, Tensor dy, float[] dh, float[] dc, float[] dSums, int sumsAt) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    int before = t * sizes.state() + at;
    float[] gates = tape.gates;
    int i = tape.gate(t, 0) + at;
    int f = i + sizes.state();
    int g = f + sizes.state();
    int o = g + sizes.state();
    int di = sumsAt + at;
    int df = di + sizes.state();
    int dg = df + sizes.state();
    int dO = dg + sizes.state();
    arithmetic.addTo(n, 1f, dy.data(), dy.offset() + before, dh, at); // dh_t
    arithmetic.multiply(n, dh, at, squashed, before, dSums, dO);
    elements.sigmoidGradient(n, gates, o, dSums, dO, dSums, dO);
    arithmetic.multiply(n, dh, at, gates, o, dh, at);
    elements.tanhGradient(n, squashed, before, dh, at, dh, at);
    arithmetic.addTo(n, 1f, dh, at, dc, at); // dc_t
    arithmetic.multiply(n, dc, at, gates, g, dSums, di);
    elements.sigmoidGradient(n, gates, i, dSums, di, dSums, di);
    arithmetic.multiply(n, dc, at, cells, before, dSums, df);
    elements.sigmoidGradient(n, gates, f, dSums, df, dSums, df);
    arithmetic.multiply(n, dc, at, gates, i, dSums, dg);
    elements.tanhGradient(n, gates, g, dSums, dg, dSums, dg);
    arithmetic.multiply(n, dc, at, gates, f, dc, at); // dc_(t-1), as far as through c_t
  }
}
