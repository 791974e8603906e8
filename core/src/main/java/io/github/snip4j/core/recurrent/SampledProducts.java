package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.SparseKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * dSums [x; h]<sup>T</sup> at the kept places: the gradients of a sum times the rows of [x; h] that
 * it sees.
 */
final class SampledProducts {
  private static final int PARTS = 16; // of the rows, to share out

  private final SparseKernels kernels = KernelChoice.chosen().sparse();
  private final Sizes sizes;
  private final SparsePattern pattern;
  private final int[] offsets; // where each value finds its row of [x; h]
  private final int[] middle; // of each row: its first value for the state
  private final float[] sums; // of each value, spread over lanes

  SampledProducts(Sizes sizes, SparsePattern pattern, int[] offsets, int[] middle) {
    this.sizes = sizes;
    this.pattern = pattern;
    this.offsets = offsets;
    this.middle = middle;
    sums = Workspace.floats(Shape.of(pattern.kept(), kernels.lanes()).size());
    Arrays.fill(sums, 0f);
  }

  /** Adds those of the steps from {@code from} on, whose gradients begin at {@code slots}. */
  void add(Tape tape, int from, float[] dSums, int[] slots) {
    float[] stacked = tape.stacked;
    int at = from * sizes.stacked();
    Parallel.forEach(
        PARTS,
        part -> {
          int end = pattern.rowPart(part + 1, PARTS);
          for (int row = pattern.rowPart(part, PARTS); row < end; row++) {
            int gate = row / sizes.units();
            int down = row - gate * sizes.units();
            int byInput = sizes.wiring().sum(gate, Columns.INPUT) * sizes.units() + down;
            int byState = sizes.wiring().sum(gate, Columns.STATE) * sizes.units() + down;
            int first = pattern.rowStart(row);
            int last = pattern.rowStart(row + 1);
            int split = byInput == byState ? last : middle[row];
            dots(byInput, first, split, dSums, slots, stacked, at);
            dots(byState, split, last, dSums, slots, stacked, at);
          }
        });
  }

  private void dots(
      int sum, int from, int to, float[] dSums, int[] slots, float[] stacked, int at) {
    int n = sizes.batch();
    for (int i = 0; i < slots.length && from < to; i++) {
      int u = slots[i] + sum * n;
      int x = at + i * sizes.stacked();
      int lanes = from * kernels.lanes();
      kernels.dots(n, dSums, u, offsets, from, to, stacked, x, sums, lanes, true);
    }
  }

  /** What has been added up. */
  Tensor total() {
    Tensor total = Tensor.uninitialized(Shape.of(pattern.kept()));
    kernels.addUp(pattern.kept(), sums, 0, total.data(), total.offset());
    Workspace.giveBack(sums);
    return total;
  }
}
