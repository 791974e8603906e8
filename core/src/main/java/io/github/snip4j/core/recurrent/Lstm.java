package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.ArithmeticKernels;
import io.github.snip4j.core.backend.ElementKernels;
import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.parallel.Parallel;
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
  private final Sizes sizes;
  private final GateMatrix matrix;
  private final Tensor w;
  private final Tensor y;
  private final float[] stacked; // [T, F + H, N]: x_t above h_(t-1)
  private final float[] gates; // [T, 4 H, N]: i, f, g, o
  private final float[] cells; // [T + 1, H, N]: c_(t-1)
  private final float[] squashed; // [T, H, N]: tanh c_t
  private final ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();
  private final ElementKernels elements = KernelChoice.chosen().elements();

  private Lstm(Sizes sizes, Tensor w) {
    this.sizes = sizes;
    this.w = w;
    int rows = 4 * sizes.units();
    int columns = sizes.features() + sizes.units();
    matrix = new GateMatrix(rows, columns, sizes.batch(), w.data(), w.offset());
    y = Tensor.uninitialized(sizes.outputs());
    stacked = Workspace.floats(sizes.steps() * sizes.stacked());
    gates = Workspace.floats(sizes.steps() * 4 * sizes.state());
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
    Sizes sizes = Sizes.of("lstm", 4, 4, x, w, b);
    Lstm lstm = new Lstm(sizes, w);
    float[] biases = b.toArray();
    for (int u = sizes.units(); u < 2 * sizes.units(); u++) {
      biases[u] += forgetBias;
    }
    Stacking.start(sizes, x, lstm.stacked);
    Arrays.fill(lstm.cells, 0, sizes.state(), 0f);
    float[] sums = Workspace.floats(4 * sizes.state());
    for (int step = 0; step < sizes.steps(); step++) {
      int t = step;
      lstm.matrix.apply(lstm.stacked, t * sizes.stacked(), sums, 0);
      Parallel.forRange(
          sizes.units(), sizes.unitsPerPiece(), (u, end) -> lstm.forward(t, u, end, sums, biases));
    }
    Workspace.giveBack(sums);
    return lstm;
  }

  /** The outputs h<sub>1</sub> .. h<sub>T</sub>, {@code [T, H, N]}. */
  public Tensor outputs() {
    return y;
  }

  private void forward(int t, int unit, int end, float[] sums, float[] biases) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    int i = 4 * t * sizes.state() + at;
    int f = i + sizes.state();
    int g = f + sizes.state();
    int o = g + sizes.state();
    int before = t * sizes.state() + at;
    int c = before + sizes.state();
    Stacking.addBiases(sizes, 0, 4, biases, unit, end, sums);
    elements.sigmoid(n, sums, at, gates, i);
    elements.sigmoid(n, sums, at + sizes.state(), gates, f);
    elements.tanh(n, sums, at + 2 * sizes.state(), gates, g);
    elements.sigmoid(n, sums, at + 3 * sizes.state(), gates, o);
    arithmetic.multiply(n, gates, f, cells, before, cells, c);
    arithmetic.multiply(n, gates, i, gates, g, squashed, before);
    arithmetic.addTo(n, 1f, squashed, before, cells, c);
    elements.tanh(n, cells, c, squashed, before);
    arithmetic.multiply(n, gates, o, squashed, before, y.data(), before);
    Stacking.keep(sizes, t, at, n, y.data(), stacked);
  }

  /** The gradients, by back-propagation through time, for an upstream {@code [T, H, N]}. */
  public SequenceGradients gradients(Tensor dy) {
    Tensor dx = Tensor.uninitialized(sizes.inputs());
    Tensor dw = Tensor.uninitialized(w.shape());
    double[] db = new double[4 * sizes.units()];
    float[] dGates = Workspace.floats(4 * sizes.state()); // before the activations
    float[] dStacked = Workspace.floats(sizes.stacked());
    float[] dc = Workspace.floats(sizes.state());
    float[] scratch = Workspace.floats(sizes.state());
    Arrays.fill(dStacked, 0f);
    Arrays.fill(dc, 0f);
    for (int step = sizes.steps() - 1; step >= 0; step--) {
      int t = step;
      Parallel.forRange(
          sizes.units(),
          sizes.unitsPerPiece(),
          (u, end) -> {
            backward(t, u, end, dy, dStacked, dc, dGates, scratch);
            Stacking.addRows(sizes, 4, dGates, u, end, db);
          });
      matrix.pullBack(dGates, 0, dStacked);
      System.arraycopy(dStacked, 0, dx.data(), t * sizes.input(), sizes.input());
      boolean first = t == sizes.steps() - 1;
      matrix.addGradient(dGates, 0, stacked, t * sizes.stacked(), dw.data(), 0, first);
    }
    Workspace.giveBack(dGates);
    Workspace.giveBack(dStacked);
    Workspace.giveBack(dc);
    Workspace.giveBack(scratch);
    return new SequenceGradients(dx, dw, Stacking.toFloats(db));
  }

  private void backward(
      int t,
      int unit,
      int end,
      Tensor dy,
      float[] dStacked,
      float[] dc,
      float[] dGates,
      float[] dh) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    int h = sizes.state();
    int gate = 4 * t * h + at;
    int before = t * h + at;
    arithmetic.add(
        n, dy.data(), dy.offset() + before, dStacked, sizes.input() + at, dh, at); // dh_t
    int di = at;
    int df = di + h;
    int dg = df + h;
    int dO = dg + h;
    arithmetic.multiply(n, dh, at, squashed, before, dGates, dO);
    elements.sigmoidGradient(n, gates, gate + 3 * h, dGates, dO, dGates, dO);
    arithmetic.multiply(n, dh, at, gates, gate + 3 * h, dh, at);
    elements.tanhGradient(n, squashed, before, dh, at, dh, at);
    arithmetic.addTo(n, 1f, dh, at, dc, at); // dc_t
    arithmetic.multiply(n, dc, at, gates, gate + 2 * h, dGates, di);
    elements.sigmoidGradient(n, gates, gate, dGates, di, dGates, di);
    arithmetic.multiply(n, dc, at, cells, before, dGates, df);
    elements.sigmoidGradient(n, gates, gate + h, dGates, df, dGates, df);
    arithmetic.multiply(n, dc, at, gates, gate, dGates, dg);
    elements.tanhGradient(n, gates, gate + 2 * h, dGates, dg, dGates, dg);
    arithmetic.multiply(n, dc, at, gates, gate + h, dc, at); // dc_(t-1), as far as through c_t
  }
}
