package io.github.snip4j.core.internal.backend;

import java.util.Arrays;

/**
 * {@link IndirectGemmKernels} in plain Java.
 *
 * <p>Implementation note: the JIT compiler of JDK 17 makes vector instructions of a loop only if
 * all its arrays are read at the same index. So stretches of x are copied into arrays of their own
 * first, and eight of them at a time are added to a row of sums. Three times as fast as reading
 * them where they are, from eight rows on.
 */
final class PlainIndirectGemm implements IndirectGemmKernels {
  private static final int STRETCH = 512; // of a run: a row of sums and eight of x stay in L1
  private static final int TERMS = 64; // copied at a time: 128 KiB, in L2

  /**
   * Rows of x, then a row of sums. Arrays alone stay behind in the threads of others, no class of
   * ours, which would keep its class loader alive with all that it has loaded.
   */
  private final ThreadLocal<float[][]> scratch =
      ThreadLocal.withInitial(() -> new float[TERMS + 1][STRETCH]);

  @Override
  public void taps(
      int rows,
      int run,
      float[] w,
      int wAt,
      int wStep,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int yStep,
      boolean add) {
    float[][] block = scratch.get();
    float[] sum = block[TERMS];
    for (int i = 0; i < run; i += STRETCH) {
      int n = Math.min(STRETCH, run - i);
      for (int p = from; p < to || p == from; p += TERMS) {
        int terms = Math.max(0, Math.min(TERMS, to - p));
        for (int q = 0; q < terms; q++) {
          System.arraycopy(x, xAt + offsets[p + q] + i, block[q], 0, n);
        }
        for (int r = 0; r < rows; r++) {
          int weights = wAt + r / MR * wStep + r % MR + (p - from) * MR;
          int row = yAt + r * yStep + i;
          if (add || p > from) {
            System.arraycopy(y, row, sum, 0, n);
          } else {
            Arrays.fill(sum, 0, n, 0f);
          }
          addTerms(n, terms, w, weights, block);
          System.arraycopy(sum, 0, y, row, n);
        }
      }
    }
  }

  private static void addTerms(int n, int terms, float[] w, int wAt, float[][] x) {
    float[] sum = x[TERMS];
    int q = 0;
    for (; q + 8 <= terms; q += 8) {
      addEight(n, w, wAt + q * MR, x, q, sum);
    }
    for (; q < terms; q++) {
      addOne(n, w[wAt + q * MR], x[q], sum);
    }
  }

  private static void addEight(int n, float[] w, int wAt, float[][] x, int q, float[] sum) {
    float w0 = w[wAt];
    float w1 = w[wAt + MR];
    float w2 = w[wAt + 2 * MR];
    float w3 = w[wAt + 3 * MR];
    float w4 = w[wAt + 4 * MR];
    float w5 = w[wAt + 5 * MR];
    float w6 = w[wAt + 6 * MR];
    float w7 = w[wAt + 7 * MR];
    float[] x0 = x[q];
    float[] x1 = x[q + 1];
    float[] x2 = x[q + 2];
    float[] x3 = x[q + 3];
    float[] x4 = x[q + 4];
    float[] x5 = x[q + 5];
    float[] x6 = x[q + 6];
    float[] x7 = x[q + 7];
    for (int i = 0; i < n; i++) {
      sum[i] +=
          w0 * x0[i]
              + w1 * x1[i]
              + w2 * x2[i]
              + w3 * x3[i]
              + w4 * x4[i]
              + w5 * x5[i]
              + w6 * x6[i]
              + w7 * x7[i];
    }
  }

  private static void addOne(int n, float w, float[] x, float[] sum) {
    for (int i = 0; i < n; i++) {
      sum[i] += w * x[i];
    }
  }
}
