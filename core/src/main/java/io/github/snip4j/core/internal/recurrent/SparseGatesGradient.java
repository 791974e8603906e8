package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * The gradient with respect to the existing weights of {@link SparseGates}. Sums stay spread over a
 * vector's lanes until all is added.
 */
final class SparseGatesGradient implements WeightGradient {
  private final SparseKernels kernels;
  private final SequenceShape sizes;
  private final SparsePattern pattern;
  private final SparseGatePlan plan;
  private final float[] products; // [kept, lanes]

  SparseGatesGradient(SequenceShape sizes, SparsePattern pattern, SparseGatePlan plan) {
    this.sizes = sizes;
    this.kernels = sizes.kernels().sparse();
    this.pattern = pattern;
    this.plan = plan;
    int size = Shape.of(pattern.count(), kernels.lanes()).size();
    products = Workspace.floats(CacheLine.BEGIN + size);
    Arrays.fill(products, 0f);
  }

  @Override
  public void add(SavedActivations tape, int from, int to, float[] dSums, int at) {
    for (int row = 0; row < pattern.rows(); row++) {
      int gate = row / sizes.units();
      int unit = row - gate * sizes.units();
      int byInput = sizes.wiring().sum(gate, InputOrState.INPUT);
      int byState = sizes.wiring().sum(gate, InputOrState.STATE);
      int u = at + (byInput * sizes.units() + unit) * sizes.width();
      int begin = plan.starts[row];
      int end = plan.starts[row + 1];
      int split = byInput == byState ? end : plan.middle[row];
      addValues(begin, split, tape, from, to, dSums, u);
      if (split < end) {
        int more = (byState - byInput) * sizes.state();
        addValues(split, end, tape, from, to, dSums, u + more);
      }
    }
  }

  private void addValues(
      int begin, int end, SavedActivations tape, int from, int to, float[] dSums, int u) {
    kernels.addDots(
        to - from,
        sizes.width(),
        dSums,
        u,
        sizes.sums(),
        plan.offsets,
        begin,
        end,
        tape.stacked,
        tape.stacked(from),
        sizes.stacked(),
        products,
        CacheLine.BEGIN + (begin - CacheLine.BEGIN) * kernels.lanes());
  }

  @Override
  public Tensor finish() {
    Tensor gradient = Tensor.uninitialized(Shape.of(pattern.count()));
    int begin = CacheLine.BEGIN;
    kernels.addUp(pattern.count(), products, begin, gradient.data(), gradient.offset());
    Workspace.giveBack(products);
    return gradient;
  }
}
