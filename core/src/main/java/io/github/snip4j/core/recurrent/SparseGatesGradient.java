package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.SparseKernels;
import io.github.snip4j.core.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;

/** The products of {@link SparseGates} that gradients take, on the pattern's transpose. */
final class SparseGatesGradient implements GateMatrix.Gradient {
  private final SparseKernels kernels = KernelChoice.chosen().sparse();
  private final Sizes sizes;
  private final SparsePattern pattern;
  private final float[] transposed; // the values in the transpose's order
  private final int[] sums; // where each of them finds the gradient of its sum
  private final int[] last; // of each column: its first value of the last gate
  private final SampledProducts products;

  SparseGatesGradient(
      Sizes sizes, SparsePattern pattern, Tensor values, int[] offsets, int[] middle) {
    this.sizes = sizes;
    this.pattern = pattern;
    transposed = Workspace.floats(pattern.kept());
    sums = Workspace.ints(pattern.kept());
    last = Workspace.ints(pattern.columns());
    for (int k = 0; k < transposed.length; k++) {
      transposed[k] = values.at(pattern.permutation(k));
    }
    for (int column = 0; column < pattern.columns(); column++) {
      findPlaces(column);
    }
    products = new SampledProducts(sizes, pattern, offsets, middle);
  }

  private void findPlaces(int column) {
    Columns kind = column < sizes.features() ? Columns.INPUT : Columns.STATE;
    int end = pattern.columnStart(column + 1);
    last[column] = end;
    for (int k = end - 1; k >= pattern.columnStart(column); k--) {
      int gate = pattern.row(k) / sizes.units();
      int down = (sizes.wiring().sum(gate, kind) - gate) * sizes.state();
      sums[k] = pattern.row(k) * sizes.batch() + down;
      last[column] = gate == sizes.wiring().gates() - 1 ? k : last[column];
    }
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
    int first = columns == Columns.INPUT ? 0 : sizes.features();
    boolean whole = toGate == sizes.wiring().gates();
    for (int column = from; column < to; column++) {
      int j = first + column;
      int begin = fromGate == 0 ? pattern.columnStart(j) : last[j];
      int end = whole ? pattern.columnStart(j + 1) : last[j];
      kernels.row(n, 0f, transposed, sums, begin, end, dSums, at, dx, dxAt + column * n);
    }
  }

  @Override
  public void add(Tape tape, int from, int to, float[] dSums, int[] slots) {
    products.add(tape, from, dSums, slots);
  }

  @Override
  public Tensor ofWeights() {
    Workspace.giveBack(transposed);
    Workspace.giveBack(sums);
    Workspace.giveBack(last);
    return products.total();
  }
}
