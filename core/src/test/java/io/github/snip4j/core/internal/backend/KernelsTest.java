package io.github.snip4j.core.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.testing.BothKernels;
import org.junit.jupiter.api.Test;

/** The vector kernels against the plain ones, at sizes around those of vectors and tiles. */
class KernelsTest {
  private static final int[] SIZES = {1, 7, 8, 9, 15, 16, 17, 31, 33, 100, 129, 257};
  private static final int AT = 3; // everything begins somewhere inside an array

  @Test
  void tapsAgree() {
    Kernels simd = BothKernels.orSkip("simd");
    for (int run : SIZES) {
      for (int rows : new int[] {1, 7, 8, 9, 20}) {
        int terms = 1 + run % 11;
        int strips = (rows - 1) / IndirectGemmKernels.MR + 1;
        float[] w = uniform(1, AT + strips * IndirectGemmKernels.MR * terms);
        float[] x = uniform(2, AT + 5 * terms + run);
        int[] offsets = offsets(terms);
        for (boolean add : new boolean[] {false, true}) {
          float[] expected = uniform(3, AT + rows * (run + 2));
          float[] actual = expected.clone();
          int step = terms * IndirectGemmKernels.MR;
          Kernels.plain()
              .taps()
              .taps(rows, run, w, AT, step, offsets, 0, terms, x, AT, expected, AT, run + 2, add);
          simd.taps()
              .taps(rows, run, w, AT, step, offsets, 0, terms, x, AT, actual, AT, run + 2, add);
          assertClose(actual, expected);
        }
      }
    }
  }

  /** Every way in which a run can be cut into tiles. */
  private static final int RUNS = 20 * 16;

  @Test
  void sparseRowsAgree() {
    Kernels simd = BothKernels.orSkip("simd");
    for (int run = 1; run <= RUNS; run++) {
      for (int count : new int[] {0, 1, 5, 12}) {
        float[] values = uniform(1, count + 2);
        float[] x = uniform(2, AT + 5 * (count + 2) + run);
        float[] expected = uniform(3, AT + run + 4);
        float[] actual = expected.clone();
        int[] offsets = offsets(count + 2);
        for (float start : new float[] {0, 0.5f}) {
          Kernels.plain()
              .sparse()
              .row(run, start, values, offsets, 1, count + 1, x, AT, expected, AT);
          simd.sparse().row(run, start, values, offsets, 1, count + 1, x, AT, actual, AT);
          assertClose(actual, expected);
        }
        Kernels.plain().sparse().addRow(run, values, offsets, 1, count + 1, x, AT, expected, AT);
        simd.sparse().addRow(run, values, offsets, 1, count + 1, x, AT, actual, AT);
        assertClose(actual, expected);
      }
    }
  }

  @Test
  void severalRowsHaveTheBitsOfEach() {
    for (String name : BothKernels.NAMES) {
      SparseKernels kernels = BothKernels.orSkip(name).sparse();
      int lanes = kernels.lanes();
      for (int run : new int[] {1, lanes, lanes + 1, 2 * lanes, 2 * lanes + 1, 7 * lanes}) {
        int rows = 12; // the r-th of r values
        int[] begins = new int[rows + 1];
        for (int r = 0; r < rows; r++) {
          begins[r + 1] = begins[r] + r;
        }
        int count = begins[rows];
        float[] values = uniform(1, count);
        float[] starts = uniform(2, 1 + rows);
        starts[5] = 0f;
        float[] x = uniform(3, AT + 5 * count + run);
        float[] expected = uniform(4, AT + rows * run);
        float[] actual = expected.clone();
        int[] offsets = offsets(count);
        for (int r = 2; r < rows; r++) {
          int to = begins[r + 1];
          int y = AT + r * run;
          kernels.row(run, starts[1 + r], values, offsets, begins[r], to, x, AT, expected, y);
        }
        kernels.rows(
            2, rows, run, starts, 1, values, offsets, begins, begins, 1, x, AT, actual, AT);
        assertThat(actual).isEqualTo(expected);
      }
    }
  }

  @Test
  void severalRunsHaveTheBitsOfEach() {
    for (String name : BothKernels.NAMES) {
      SparseKernels kernels = BothKernels.orSkip(name).sparse();
      int count = 9;
      for (int run : new int[] {1, 4 * kernels.lanes(), 8 * kernels.lanes()}) {
        for (int runs = 1; runs <= 3; runs++) {
          int xStep = 5 * count + run;
          int yStep = run + 3;
          float[] values = uniform(1, count);
          float[] x = uniform(2, AT + runs * xStep);
          float[] expected = uniform(3, AT + runs * yStep);
          float[] actual = expected.clone();
          int[] offsets = offsets(count);
          for (float start : new float[] {0, 0.5f}) {
            for (int r = 0; r < runs; r++) {
              int at = AT + r * xStep;
              kernels.row(run, start, values, offsets, 1, 6, x, at, expected, AT + r * yStep);
              kernels.addRow(run, values, offsets, 6, 9, x, at, expected, AT + r * yStep);
            }
            kernels.runs(runs, run, start, values, offsets, 1, 6, x, AT, xStep, actual, AT, yStep);
            kernels.addRuns(runs, run, values, offsets, 6, 9, x, AT, xStep, actual, AT, yStep);
            assertThat(actual).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void rowsAreCopiedAndAddedAndNothingBetweenThem() {
    for (String name : BothKernels.NAMES) {
      ArithmeticKernels kernels = BothKernels.orSkip(name).arithmetic();
      for (int n : SIZES) {
        int xStep = n + 5;
        int yStep = n + 2;
        float[] x = uniform(1, AT + 3 * xStep);
        float[] before = uniform(2, AT + 3 * yStep);
        float[] copied = before.clone();
        float[] added = before.clone();
        kernels.copyRows(3, n, x, AT, xStep, copied, AT, yStep);
        kernels.addRowsTo(3, n, x, AT, xStep, added, AT, yStep);
        for (int i = 0; i < before.length; i++) {
          int row = (i - AT) / yStep;
          int column = (i - AT) % yStep;
          boolean within = i >= AT && column < n;
          float value = within ? x[AT + row * xStep + column] : 0f;
          assertThat(copied[i]).isEqualTo(within ? value : before[i]);
          assertThat(added[i]).isEqualTo(within ? before[i] + value : before[i]);
        }
      }
    }
  }

  @Test
  void dotsAgree() {
    for (String name : BothKernels.NAMES) {
      SparseKernels kernels = BothKernels.orSkip(name).sparse();
      int lanes = kernels.lanes();
      for (int run = 1; run <= RUNS; run++) {
        for (int count : new int[] {0, 1, 7, 8, 9, 20}) {
          float[] u = uniform(1, AT + run);
          float[] x = uniform(2, AT + 5 * (count + 1) + run);
          int[] offsets = offsets(count + 1);
          float[] sums = uniform(3, AT + (count + 1) * lanes);
          float[] untouched = sums.clone();
          float[] expected = new float[AT + count];
          for (int k = 0; k < count; k++) {
            double sum = 0;
            for (int i = 0; i < run; i++) {
              sum += (double) u[AT + i] * x[AT + offsets[k + 1] + i];
            }
            expected[AT + k] = 2 * (float) sum;
          }
          kernels.dots(run, u, AT, offsets, 1, count + 1, x, AT, sums, AT, false);
          kernels.dots(run, u, AT, offsets, 1, count + 1, x, AT, sums, AT, true);
          float[] actual = new float[AT + count];
          kernels.addUp(count, sums, AT, actual, AT);
          assertClose(actual, expected);
          for (int i = AT + count * lanes; i < sums.length; i++) {
            assertThat(sums[i]).isEqualTo(untouched[i]);
          }
        }
      }
    }
  }

  @Test
  void dotsOfSeveralRunsAreThoseOfEach() {
    for (String name : BothKernels.NAMES) {
      SparseKernels kernels = BothKernels.orSkip(name).sparse();
      int count = 9;
      for (int run :
          new int[] {
            1, kernels.lanes(), 2 * kernels.lanes(), 2 * kernels.lanes() + 1, 8 * kernels.lanes()
          }) {
        for (int runs = 1; runs <= 9; runs++) {
          int step = 5 * count + run;
          float[] u = uniform(1, AT + runs * step);
          float[] x = uniform(2, AT + runs * step);
          float[] expected = uniform(3, count * kernels.lanes());
          float[] actual = expected.clone();
          for (int r = 0; r < runs; r++) {
            int at = AT + r * step;
            kernels.dots(run, u, at, offsets(count), 0, count, x, at, expected, 0, true);
          }
          kernels.addDots(runs, run, u, AT, step, offsets(count), 0, count, x, AT, step, actual, 0);
          assertClose(actual, expected);
        }
      }
    }
  }

  @Test
  void dotsHaveTheSameBitsBeforeAndAfterCompilation() {
    SparseKernels kernels = BothKernels.orSkip("simd").sparse();
    int run = 9 * kernels.lanes() + 1;
    float[] u = uniform(1, run);
    float[] x = uniform(2, run + 100);
    float[] first = new float[20];
    float[] sums = new float[20 * kernels.lanes()];
    kernels.dots(run, u, 0, offsets(20), 0, 20, x, 0, sums, 0, false);
    kernels.addUp(20, sums, 0, first, 0);
    for (int i = 0; i < 5_000; i++) {
      float[] again = new float[20];
      kernels.dots(run, u, 0, offsets(20), 0, 20, x, 0, sums, 0, false);
      kernels.addUp(20, sums, 0, again, 0);
      assertThat(again).isEqualTo(first);
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo(2e-5f);
    }
  }

  private static int[] offsets(int count) {
    int[] offsets = new int[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = 5 * ((i * 7) % count); // in no order
    }
    return offsets;
  }

  private static float[] uniform(long seed, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (2 * new Seed(seed).uniform(i) - 1);
    }
    return values;
  }
}
