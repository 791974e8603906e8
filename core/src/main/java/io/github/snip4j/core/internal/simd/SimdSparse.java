package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.LANES;

import io.github.snip4j.core.internal.backend.SparseKernels;
import java.util.Arrays;

/**
 * {@link SparseKernels} with up to eight vectors of a row in registers over all of its values.
 *
 * <p>Implementation note: a row that is no multiple of a vector ends with one that lies over part
 * of the one before, in the same tile: both compute the same there. Seven vectors have a tile of
 * their own, as that is what a batch of 100 takes.
 */
final class SimdSparse implements SparseKernels {
  private static final int TILE = 8 * LANES;
  private static final float[] ZEROS = new float[TILE];

  private final SparseKernels plain;

  /**
   * @param plain does the runs that are shorter than a vector
   */
  SimdSparse(SparseKernels plain) {
    this.plain = plain;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void row(
      int run,
      float start,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    if (run < LANES) {
      plain.row(run, start, values, offsets, from, to, x, xAt, y, yAt);
    } else if (start == 0) {
      row(run, ZEROS, 0, 0, values, offsets, from, to, x, xAt, y, yAt);
    } else {
      Arrays.fill(y, yAt, yAt + run, start);
      row(run, y, yAt, 1, values, offsets, from, to, x, xAt, y, yAt);
    }
  }

  @Override
  public void rows(
      int first,
      int last,
      int run,
      float[] starts,
      int startsAt,
      float[] values,
      int[] offsets,
      int[] begins,
      int[] ends,
      int endsAt,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    for (int r = first; r < last; r++) {
      float start = starts[startsAt + r];
      int from = begins[r];
      int to = ends[endsAt + r];
      if (run == 2 * LANES) {
        SpmmRowMicroKernel2.multiply(start, values, offsets, from, to, x, xAt, y, yAt + r * run);
      } else if (run == LANES) {
        SpmmRowMicroKernel1.multiply(start, values, offsets, from, to, x, xAt, y, yAt + r * run);
      } else {
        row(run, start, values, offsets, from, to, x, xAt, y, yAt + r * run);
      }
    }
  }

  @Override
  public void addRow(
      int run,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    if (run < LANES) {
      plain.addRow(run, values, offsets, from, to, x, xAt, y, yAt);
    } else {
      row(run, y, yAt, 1, values, offsets, from, to, x, xAt, y, yAt);
    }
  }

  @Override
  public void runs(
      int runs,
      int run,
      float start,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      int xStep,
      float[] y,
      int yAt,
      int yStep) {
    if (runs != 2 || run != 8 * LANES) {
      SparseKernels.super.runs(
          runs, run, start, values, offsets, from, to, x, xAt, xStep, y, yAt, yStep);
    } else if (start == 0) {
      SpmmMicroKernel2x8.multiply(
          ZEROS, 0, 0, values, offsets, from, to, x, xAt, xStep, y, yAt, yStep);
    } else {
      Arrays.fill(y, yAt, yAt + run, start);
      Arrays.fill(y, yAt + yStep, yAt + yStep + run, start);
      addRuns(runs, run, values, offsets, from, to, x, xAt, xStep, y, yAt, yStep);
    }
  }

  @Override
  public void addRuns(
      int runs,
      int run,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      int xStep,
      float[] y,
      int yAt,
      int yStep) {
    if (runs == 2 && run == 8 * LANES) {
      SpmmMicroKernel2x8.multiply(
          y, yAt, yStep, values, offsets, from, to, x, xAt, xStep, y, yAt, yStep);
    } else {
      SparseKernels.super.addRuns(
          runs, run, values, offsets, from, to, x, xAt, xStep, y, yAt, yStep);
    }
  }

  /**
   * A row in tiles.
   *
   * @param step of start: 1, or 0 where all tiles start from the same
   */
  private static void row(
      int run,
      float[] start,
      int startAt,
      int step,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    for (int done = 0; done < run; ) {
      int s = startAt + step * done;
      int p = xAt + done;
      int q = yAt + done;
      if (ColumnTiles.startsWithTwo(run - done)) {
        int more = step * TILE;
        SpmmMicroKernel2x8.multiply(
            start, s, more, values, offsets, from, to, x, p, TILE, y, q, TILE);
        done += 2 * TILE;
        continue;
      }
      int width = ColumnTiles.width(run - done);
      int last = width - LANES;
      switch (ColumnTiles.vectors(width)) {
        case 8 -> SpmmMicroKernel8.multiply(last, start, s, values, offsets, from, to, x, p, y, q);
        case 7 -> SpmmMicroKernel7.multiply(last, start, s, values, offsets, from, to, x, p, y, q);
        case 4 -> SpmmMicroKernel4.multiply(last, start, s, values, offsets, from, to, x, p, y, q);
        default -> SpmmMicroKernel2.multiply(last, start, s, values, offsets, from, to, x, p, y, q);
      }
      done += width;
    }
  }

  @Override
  public void dots(
      int run,
      float[] u,
      int uAt,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] sums,
      int sumsAt,
      boolean add) {
    if (run >= LANES) {
      SimdSddmm.dots(run, u, uAt, offsets, from, to, x, xAt, sums, sumsAt, add);
      return;
    }
    if (!add) {
      Arrays.fill(sums, sumsAt, sumsAt + (to - from) * LANES, 0f);
    }
    for (int k = from; k < to; k++) {
      int at = xAt + offsets[k];
      int lane = sumsAt + (k - from) * LANES;
      for (int i = 0; i < run; i++) {
        sums[lane + i] += u[uAt + i] * x[at + i];
      }
    }
  }

  @Override
  public void addDots(
      int runs,
      int run,
      float[] u,
      int uAt,
      int uStep,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      int xStep,
      float[] sums,
      int sumsAt) {
    int r = 0;
    if (run == 2 * LANES) {
      for (; r + 4 <= runs; r += 4) {
        int p = uAt + r * uStep;
        int q = xAt + r * xStep;
        SddmmMicroKernel4x2.add(u, p, uStep, offsets, from, to, x, q, xStep, sums, sumsAt);
      }
    } else if (run == LANES) {
      for (; r + 8 <= runs; r += 8) {
        int p = uAt + r * uStep;
        int q = xAt + r * xStep;
        SddmmMicroKernel8x1.add(u, p, uStep, offsets, from, to, x, q, xStep, sums, sumsAt);
      }
    } else if (run == 8 * LANES) {
      for (; r + 2 <= runs; r += 2) {
        int p = uAt + r * uStep;
        int q = xAt + r * xStep;
        SddmmMicroKernel2x8.add(u, p, uStep, offsets, from, to, x, q, xStep, sums, sumsAt);
      }
    }
    for (; r < runs; r++) {
      int p = uAt + r * uStep;
      dots(run, u, p, offsets, from, to, x, xAt + r * xStep, sums, sumsAt, true);
    }
  }

  @Override
  public void addUp(int count, float[] sums, int sumsAt, float[] dots, int dotsAt) {
    LaneSums.addUp(count, sums, sumsAt, dots, dotsAt);
  }
}
