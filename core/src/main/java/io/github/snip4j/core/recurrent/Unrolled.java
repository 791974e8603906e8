package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.ArithmeticKernels;
import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.ReductionKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * What back-propagation through time does beside the gates themselves, for every cell.
 *
 * <p>The gradients of the sums are kept for a few steps, while they are in the cache, and then
 * added to those by the matrix and pulled back to the input, with nothing to wait for in between.
 */
final class Unrolled {
  /** How many at a time. */
  static final int STEPS = 4;

  private static final int GRAIN = 1 << 12; // elements of dx a thread takes at a time

  /** The gradients of the sums, before the activations; of step t from {@link #at}. */
  final float[] dSums;

  /** The products with the transposed matrix. */
  final GateMatrix.Gradient matrix;

  private final Tape tape;
  private final Sizes sizes;
  private final @Nullable Tensor dx;
  private final float[] total; // [sums H, N]: dSums, added up over the steps
  private final ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();

  Unrolled(Tape tape, GateMatrix matrix, boolean byInput) {
    this.tape = tape;
    this.sizes = tape.sizes;
    this.matrix = matrix.gradient();
    dx = byInput ? Tensor.uninitialized(sizes.inputs()) : null;
    dSums = Workspace.floats((STEPS + 1) * sizes.sums());
    total = Workspace.floats(sizes.sums());
  }

  /** Where those of step t begin; those of step t + 1 are there as well. */
  int at(int t) {
    return t % (STEPS + 1) * sizes.sums();
  }

  /** Adds those of some units at step t, which are complete, to those of later steps. */
  void addUp(int t, int unit, int end) {
    int n = (end - unit) * sizes.batch();
    for (int sum = 0; sum < sizes.wiring().sums(); sum++) {
      int to = sum * sizes.state() + unit * sizes.batch();
      int from = at(t) + to;
      if (t == sizes.steps() - 1) {
        System.arraycopy(dSums, from, total, to, n);
      } else {
        arithmetic.addTo(n, 1f, dSums, from, total, to);
      }
    }
  }

  /** Takes note that step t is complete; the steps come from the last to the first. */
  void done(int t) {
    if (t % STEPS > 0) {
      return;
    }
    int to = Math.min(sizes.steps(), t + STEPS);
    int[] slots = new int[to - t];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = at(t + i);
    }
    if (dx != null) {
      pullBack(t, to, dx);
    }
    matrix.add(tape, t, to, dSums, slots);
  }

  private void pullBack(int from, int to, Tensor gradient) {
    Parallel.forRange(
        to - from,
        (GRAIN - 1) / sizes.input() + 1,
        (begin, end) -> {
          for (int t = from + begin; t < from + end; t++) {
            int gates = sizes.wiring().gates();
            int dxAt = gradient.offset() + t * sizes.input();
            matrix.pullBack(
                Columns.INPUT, 0, gates, 0, sizes.features(), dSums, at(t), gradient.data(), dxAt);
          }
        });
  }

  /** The gradients, once all steps are done. */
  SequenceGradients gradients() {
    ReductionKernels kernels = KernelChoice.chosen().reductions();
    int n = sizes.batch();
    Tensor db = Tensor.uninitialized(Shape.of(sizes.wiring().sums() * sizes.units()));
    for (int row = 0; row < db.size(); row++) {
      db.put(row, (float) kernels.sum(n, total, row * n));
    }
    Workspace.giveBack(dSums);
    Workspace.giveBack(total);
    return new SequenceGradients(dx, matrix.ofWeights(), db);
  }
}
