package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.Blocks;
import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.SparseKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;

/**
 * dSums [x; h]<sup>T</sup> at the kept places, a few steps at a time: the gradients of a sum at
 * these steps are laid out as one run, and multiplied by the rows of [x; h] that it sees.
 */
final class SampledProducts {
  private static final int PARTS = 16; // of the rows, to share out

  private final SparseKernels kernels = KernelChoice.chosen().sparse();
  private final Sizes sizes;
  private final SparsePattern pattern;
  private final int[] offsets; // where each value finds its row of [x; h]
  private final int[] middle; // of each row: its first value for the state
  private final int blocks; // per step; 0 where an example is less than one
  private final int[] places; // of each block of these steps
  private final float[] runs; // one for each part of the rows
  private final float[] products; // of these steps, where there are no blocks
  private final Tensor total;

  SampledProducts(Sizes sizes, SparsePattern pattern, int[] offsets, int[] middle) {
    this.sizes = sizes;
    this.pattern = pattern;
    this.offsets = offsets;
    this.middle = middle;
    int n = sizes.batch();
    int block = kernels.block();
    blocks = n < block ? 0 : Blocks.count(n, block);
    places = Workspace.ints(Unrolled.STEPS * blocks);
    for (int i = 0; i < Unrolled.STEPS && blocks > 0; i++) {
      Blocks.place(n, block, i * sizes.stacked(), places, i * blocks);
    }
    runs = Workspace.floats(PARTS * Unrolled.STEPS * run());
    products = Workspace.floats(blocks == 0 ? pattern.kept() : 0);
    total = Tensor.zeros(Shape.of(pattern.kept()));
  }

  /** Elements of a run per step. */
  private int run() {
    return blocks == 0 ? sizes.batch() : blocks * kernels.block();
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
            dots(part, byInput, first, split, dSums, slots, stacked, at);
            dots(part, byState, split, last, dSums, slots, stacked, at);
          }
        });
  }

  private void dots(
      int part, int sum, int from, int to, float[] dSums, int[] slots, float[] stacked, int at) {
    if (from == to) {
      return;
    }
    int n = sizes.batch();
    int run = run();
    int u = part * Unrolled.STEPS * run;
    for (int i = 0; i < slots.length; i++) {
      int source = slots[i] + sum * n;
      if (blocks == 0) {
        System.arraycopy(dSums, source, runs, u + i * run, n);
      } else {
        Blocks.cut(dSums, source, n, kernels.block(), runs, u + i * run);
      }
    }
    int steps = slots.length;
    if (blocks > 0) {
      kernels.dots(
          0, steps * blocks, runs, u, places, offsets, from, to, stacked, at, total.data(), true);
    } else {
      int step = sizes.stacked();
      Blocks.dotsOfShortRuns(steps, n, runs, u, step, offsets, from, to, stacked, at, products);
      for (int k = from; k < to; k++) {
        total.data()[k] += products[k];
      }
    }
  }

  /** What has been added up. */
  Tensor total() {
    Workspace.giveBack(places);
    Workspace.giveBack(runs);
    Workspace.giveBack(products);
    return total;
  }
}
