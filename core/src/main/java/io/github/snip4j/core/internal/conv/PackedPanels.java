package io.github.snip4j.core.internal.conv;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.tensor.Workspace;

/**
 * Weights packed for {@link IndirectGemmKernels}: {@code [rows/8, terms, 8]}, the last strip filled
 * up.
 */
final class PackedPanels {
  /** Terms at a time, as many as a block of a packed product has: what they see stays in L1. */
  private static final int DEPTH = 256;

  /** Elements of a run at a time. */
  private static final int STRETCH = 256;

  final int rows;
  final int terms;
  final float[] data;

  PackedPanels(int rows, int terms) {
    this.rows = rows;
    this.terms = terms;
    data = ConvScratch.floats("a packed side", (rows - 1) / MR + 1, MR, terms);
  }

  /**
   * Packs filters by their rows: term (i, c, j) of row r is {@code from[at + (r*C + c)*kH*kW + i*kW
   * + j]}.
   */
  void packFilters(float[] from, int at, ConvShape g) {
    int[] columns = new int[g.kernelW];
    for (int j = 0; j < columns.length; j++) {
      columns[j] = j;
    }
    for (int r = 0; r < rows; r += MR) {
      int filters = at + r * terms;
      for (int c = 0; c < g.groupC; c++) {
        for (int i = 0; i < g.kernelH; i++) {
          int place = filters + (c * g.kernelH + i) * g.kernelW;
          packTerms(r, (i * g.groupC + c) * g.kernelW, from, place, columns, terms);
        }
      }
    }
  }

  /** Packs the strip that begins with row r, whose weights begin at {@code at}. */
  void packStrip(int r, float[] from, int at, int rowStep) {
    int to = r * terms;
    int width = Math.min(MR, rows - r);
    if (width == MR) {
      for (int p = 0; p < terms; p++) {
        int q = at + p;
        data[to] = from[q];
        data[to + 1] = from[q + rowStep];
        data[to + 2] = from[q + 2 * rowStep];
        data[to + 3] = from[q + 3 * rowStep];
        data[to + 4] = from[q + 4 * rowStep];
        data[to + 5] = from[q + 5 * rowStep];
        data[to + 6] = from[q + 6 * rowStep];
        data[to + 7] = from[q + 7 * rowStep];
        to += MR;
      }
      return;
    }
    for (int p = 0; p < terms; p++) {
      for (int q = 0; q < MR; q++) {
        data[to++] = q < width ? from[at + p + q * rowStep] : 0f;
      }
    }
  }

  /**
   * Packs some terms of the strip that begins with row r, from term {@code first} on: row q's
   * weight for the i-th of them is {@code from[at + places[i] + q*rowStep]}.
   */
  void packTerms(int r, int first, float[] from, int at, int[] places, int rowStep) {
    int to = r * terms + first * MR;
    int width = Math.min(MR, rows - r);
    for (int place : places) {
      int p = at + place;
      if (width == MR) {
        data[to] = from[p];
        data[to + 1] = from[p + rowStep];
        data[to + 2] = from[p + 2 * rowStep];
        data[to + 3] = from[p + 3 * rowStep];
        data[to + 4] = from[p + 4 * rowStep];
        data[to + 5] = from[p + 5 * rowStep];
        data[to + 6] = from[p + 6 * rowStep];
        data[to + 7] = from[p + 7 * rowStep];
      } else {
        for (int q = 0; q < MR; q++) {
          data[to + q] = q < width ? from[p + q * rowStep] : 0f;
        }
      }
      to += MR;
    }
  }

  /**
   * Rows {@code [from, to)}, from a multiple of a strip on, over the terms {@code [first, last)},
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
            from * terms + p * MR,
            terms * MR,
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
