package io.github.snip4j.core.internal.conv;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.backend.PanelPacking;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Workspace;

/**
 * Weights packed for {@link IndirectGemmKernels}: {@code [rows/8, terms, 8]}, the last panel filled
 * up.
 */
final class PackedPanels {
  /** Terms at a time, as many as a block of a packed product has: what they see stays in L1. */
  private static final int DEPTH = 256;

  /** Weights that a thread packs at a time. */
  private static final int PACKED_AT_ONCE = 1 << 15;

  /** Elements of a run at a time. */
  private static final int STRETCH = 256;

  /** Panels so many floats apart lie in the same sets of L2, and would drive each other out. */
  private static final int SAME_SETS = 1 << 14;

  final int rows;
  final int terms;
  final float[] data;

  /** From one panel to the next. */
  private final int step;

  PackedPanels(int rows, int terms) {
    this.rows = rows;
    this.terms = terms;
    int size = ConvScratch.size("a panel", MR, terms);
    step = size % SAME_SETS == 0 ? size + MR * DEPTH : size;
    data = ConvScratch.floats("a packed side", (rows - 1) / MR + 1, step);
  }

  /**
   * Packs filters by their rows: term (i, c, j) of row r is {@code from[at + (r*C + c)*kH*kW + i*kW
   * + j]}.
   */
  void packFilters(float[] from, int at, ConvShape g) {
    Parallel.forRange(
        (rows - 1) / MR + 1,
        PACKED_AT_ONCE / Math.max(1, MR * terms) + 1,
        (first, last) -> {
          for (int panel = first; panel < last; panel++) {
            packFilters(panel * MR, from, at, g);
          }
        });
  }

  /** Packs the filters of the panel that begins with row r. */
  private void packFilters(int r, float[] from, int at, ConvShape g) {
    int filters = at + r * terms;
    for (int c = 0; c < g.groupC; c++) {
      for (int i = 0; i < g.kernelH; i++) {
        int place = filters + (c * g.kernelH + i) * g.kernelW;
        pack(r, (i * g.groupC + c) * g.kernelW, g.kernelW, from, place, 1, terms);
      }
    }
  }

  /**
   * Packs some terms of the panel that begins with row r, from term {@code first} on: row r + q's
   * weight for the i-th of them is {@code from[at + i*termStep + q*rowStep]}.
   */
  void pack(int r, int first, int count, float[] from, int at, int termStep, int rowStep) {
    int width = Math.min(MR, rows - r);
    int to = r / MR * step + first * MR;
    PanelPacking.panel(from, at, termStep, rowStep, count, width, MR, data, to);
  }

  /**
   * Rows {@code [from, to)}, from a multiple of a panel on, over the terms {@code [first, last)},
   * in chunks of them; zeros if there are none. A stretch of the run gains from all chunks before
   * the next is begun, while it is in L2.
   */
  void multiply(
      IndirectGemmKernels kernels,
      int from,
      int to,
      int first,
      int last,
      int run,
      int[] offsets,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int yStep,
      boolean add) {
    int stretches = Math.max(1, run / STRETCH); // the last one takes the rest
    for (int i = 0; i < stretches; i++) {
      int at = i * STRETCH;
      int width = i == stretches - 1 ? run - at : STRETCH;
      for (int p = first; p < last || p == first; p += DEPTH) {
        kernels.taps(
            to - from,
            width,
            data,
            from / MR * step + p * MR,
            step,
            offsets,
            p,
            Math.max(first, Math.min(last, p + DEPTH)),
            x,
            xAt + at,
            y,
            yAt + at,
            yStep,
            add || p > first);
      }
    }
  }

  void giveBack() {
    Workspace.giveBack(data);
  }
}
