package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.ArithmeticKernels;
import io.github.snip4j.core.backend.ElementKernels;
import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * Gated recurrent units over a sequence, from h<sub>0</sub> = 0, the reset gate after the product,
 * as cuDNN and PyTorch have it:
 *
 * <p>r and z as in {@link Gru}, n = tanh(w<sub>nx</sub> x<sub>t</sub> + b<sub>nx</sub> + r
 * (w<sub>nh</sub> h<sub>t-1</sub> + b<sub>nh</sub>)), h<sub>t</sub> = (1 - z) n + z
 * h<sub>t-1</sub>.
 *
 * <p>Implementation note: n's two products become rows of their own, [w<sub>nx</sub>, 0] and [0,
 * w<sub>nh</sub>], so that a time step is one product.
 */
public final class ResetAfterGru {
  private final Sizes sizes;
  private final GateMatrix matrix;
  private final int columns;
  private final Tensor w;
  private final Tensor y;
  private final float[] stacked; // [T, F + H, N]: x_t above h_(t-1)
  private final float[] gates; // [T, 4 H, N]: r, z, n, w_nh h_(t-1) + b_nh
  private final ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();
  private final ElementKernels elements = KernelChoice.chosen().elements();

  private ResetAfterGru(Sizes sizes, Tensor w) {
    this.sizes = sizes;
    this.w = w;
    int units = sizes.units();
    columns = sizes.features() + units;
    float[] rows = Workspace.floats(4 * units * columns);
    System.arraycopy(w.data(), w.offset(), rows, 0, w.size());
    Arrays.fill(rows, w.size(), rows.length, 0f);
    for (int row = 2 * units; row < 3 * units; row++) { // the columns of the state, to a row below
      int at = row * columns + sizes.features();
      System.arraycopy(rows, at, rows, at + units * columns, units);
      Arrays.fill(rows, at, at + units, 0f);
    }
    matrix = new GateMatrix(4 * units, columns, sizes.batch(), rows, 0);
    y = Tensor.uninitialized(sizes.outputs());
    stacked = Workspace.floats(sizes.steps() * sizes.stacked());
    gates = Workspace.floats(sizes.steps() * 4 * sizes.state());
  }

  /**
   * Computes the outputs, and keeps what the gradients need.
   *
   * @param x {@code [T, F, N]}, not modified
   * @param w {@code [3 H, F + H]}, rows in the order r, z, n; not modified
   * @param b {@code [4 H]}: of r, z, n's product with x and its product with h
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static ResetAfterGru of(Tensor x, Tensor w, Tensor b) {
    Sizes sizes = Sizes.of("gru, reset after", 3, 4, x, w, b);
    ResetAfterGru gru = new ResetAfterGru(sizes, w);
    float[] biases = b.toArray();
    Stacking.start(sizes, x, gru.stacked);
    float[] sums = Workspace.floats(4 * sizes.state());
    for (int step = 0; step < sizes.steps(); step++) {
      int t = step;
      gru.matrix.apply(gru.stacked, t * sizes.stacked(), sums, 0);
      Parallel.forRange(
          sizes.units(), sizes.unitsPerPiece(), (u, end) -> gru.forward(t, u, end, sums, biases));
    }
    Workspace.giveBack(sums);
    return gru;
  }

  /** The outputs h<sub>1</sub> .. h<sub>T</sub>, {@code [T, H, N]}. */
  public Tensor outputs() {
    return y;
  }

  private void forward(int t, int unit, int end, float[] sums, float[] biases) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    int r = 4 * t * sizes.state() + at;
    int z = r + sizes.state();
    int c = z + sizes.state();
    int hidden = c + sizes.state();
    int h = t * sizes.stacked() + sizes.input() + at;
    int to = t * sizes.state() + at;
    float[] out = y.data();
    Stacking.addBiases(sizes, 0, 4, biases, unit, end, sums);
    elements.sigmoid(n, sums, at, gates, r);
    elements.sigmoid(n, sums, at + sizes.state(), gates, z);
    System.arraycopy(sums, at + 3 * sizes.state(), gates, hidden, n);
    arithmetic.multiply(n, gates, r, gates, hidden, out, to);
    arithmetic.addTo(n, 1f, sums, at + 2 * sizes.state(), out, to);
    elements.tanh(n, out, to, gates, c);
    arithmetic.subtract(n, stacked, h, gates, c, out, to);
    arithmetic.multiply(n, out, to, gates, z, out, to);
    arithmetic.addTo(n, 1f, gates, c, out, to); // n + z (h - n)
    Stacking.keep(sizes, t, at, n, out, stacked);
  }

  /** The gradients, by back-propagation through time, for an upstream {@code [T, H, N]}. */
  public SequenceGradients gradients(Tensor dy) {
    Tensor dx = Tensor.uninitialized(sizes.inputs());
    float[] dRows = Workspace.floats(4 * sizes.units() * columns);
    double[] db = new double[4 * sizes.units()];
    float[] dGates = Workspace.floats(4 * sizes.state()); // before the activations
    float[] dStacked = Workspace.floats(sizes.stacked());
    float[] dh = Workspace.floats(sizes.state());
    Arrays.fill(dh, 0f);
    for (int step = sizes.steps() - 1; step >= 0; step--) {
      int t = step;
      Parallel.forRange(
          sizes.units(),
          sizes.unitsPerPiece(),
          (u, end) -> {
            backward(t, u, end, dy, dh, dGates);
            Stacking.addRows(sizes, 4, dGates, u, end, db);
          });
      matrix.pullBack(dGates, 0, dStacked);
      boolean first = t == sizes.steps() - 1;
      matrix.addGradient(dGates, 0, stacked, t * sizes.stacked(), dRows, 0, first);
      System.arraycopy(dStacked, 0, dx.data(), t * sizes.input(), sizes.input());
      arithmetic.addTo(sizes.state(), 1f, dStacked, sizes.input(), dh, 0);
    }
    Tensor dw = Tensor.uninitialized(w.shape());
    System.arraycopy(dRows, 0, dw.data(), 0, dw.size());
    for (int row = 2 * sizes.units(); row < 3 * sizes.units(); row++) {
      int at = row * columns + sizes.features();
      System.arraycopy(dRows, at + sizes.units() * columns, dw.data(), at, sizes.units());
    }
    Workspace.giveBack(dRows);
    Workspace.giveBack(dGates);
    Workspace.giveBack(dStacked);
    Workspace.giveBack(dh);
    return new SequenceGradients(dx, dw, Stacking.toFloats(db));
  }

  private void backward(int t, int unit, int end, Tensor dy, float[] dh, float[] dGates) {
    int n = (end - unit) * sizes.batch();
    int at = unit * sizes.batch();
    int r = 4 * t * sizes.state() + at;
    int z = r + sizes.state();
    int c = z + sizes.state();
    int hidden = c + sizes.state();
    int h = t * sizes.stacked() + sizes.input() + at;
    int dz = at + sizes.state();
    int dn = dz + sizes.state();
    int dHidden = dn + sizes.state();
    int dyAt = dy.offset() + t * sizes.state() + at;
    arithmetic.addTo(n, 1f, dy.data(), dyAt, dh, at);
    arithmetic.subtract(n, stacked, h, gates, c, dGates, dz);
    arithmetic.multiply(n, dh, at, dGates, dz, dGates, dz);
    elements.sigmoidGradient(n, gates, z, dGates, dz, dGates, dz);
    System.arraycopy(dh, at, dGates, dn, n);
    arithmetic.multiply(n, dh, at, gates, z, dh, at); // what reaches h_(t-1) past the gates
    arithmetic.subtract(n, dGates, dn, dh, at, dGates, dn);
    elements.tanhGradient(n, gates, c, dGates, dn, dGates, dn);
    arithmetic.multiply(n, dGates, dn, gates, hidden, dGates, at);
    elements.sigmoidGradient(n, gates, r, dGates, at, dGates, at);
    arithmetic.multiply(n, dGates, dn, gates, r, dGates, dHidden);
  }
}
