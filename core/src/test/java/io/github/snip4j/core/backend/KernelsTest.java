package io.github.snip4j.core.backend;

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
        int strips = (rows - 1) / TapKernels.STRIP + 1;
        float[] w = uniform(1, AT + strips * TapKernels.STRIP * terms);
        float[] x = uniform(2, AT + 5 * terms + run);
        int[] offsets = offsets(terms);
        for (boolean add : new boolean[] {false, true}) {
          float[] expected = uniform(3, AT + rows * (run + 2));
          float[] actual = expected.clone();
          int step = terms * TapKernels.STRIP;
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

  @Test
  void sparseRowsAgree() {
    Kernels simd = BothKernels.orSkip("simd");
    for (int run : SIZES) {
      for (int count : new int[] {0, 1, 5, 12}) {
        float[] values = uniform(1, count + 2);
        float[] x = uniform(2, AT + 5 * (count + 2) + run);
        float[] expected = new float[AT + run + 4];
        float[] actual = expected.clone();
        int[] offsets = offsets(count + 2);
        Kernels.plain().sparse().row(run, 0.5f, values, offsets, 1, count + 1, x, AT, expected, AT);
        simd.sparse().row(run, 0.5f, values, offsets, 1, count + 1, x, AT, actual, AT);
        assertClose(actual, expected);
      }
    }
  }

  @Test
  void dotsAgree() {
    for (String name : BothKernels.NAMES) {
      SparseKernels kernels = BothKernels.orSkip(name).sparse();
      int block = kernels.block();
      for (int run : SIZES) {
        if (run < block) {
          continue;
        }
        for (int count : new int[] {0, 1, 7, 8, 9, 20}) {
          for (boolean add : new boolean[] {false, true}) {
            float[] u = uniform(1, AT + run);
            float[] x = uniform(2, AT + 5 * (count + 1) + run);
            int[] offsets = offsets(count + 1);
            float[] actual = uniform(3, count + 3);
            float[] expected = actual.clone();
            for (int k = 1; k < count + 1; k++) {
              double sum = add ? expected[k] : 0;
              for (int i = 0; i < run; i++) {
                sum += (double) u[AT + i] * x[AT + offsets[k] + i];
              }
              expected[k] = (float) sum;
            }
            int blocks = Blocks.count(run, block);
            int[] places = new int[blocks];
            Blocks.place(run, block, 0, places, 0);
            float[] cut = uniform(4, AT + blocks * block);
            Blocks.cut(u, AT, run, block, cut, AT);
            kernels.dots(0, blocks, cut, AT, places, offsets, 1, count + 1, x, AT, actual, add);
            assertClose(actual, expected);
          }
        }
      }
    }
  }

  @Test
  void dotsHaveTheSameBitsBeforeAndAfterCompilation() {
    SparseKernels kernels = BothKernels.orSkip("simd").sparse();
    int block = kernels.block();
    float[] u = uniform(1, 8 * block);
    float[] x = uniform(2, 8 * block + 100);
    int[] places = new int[8];
    Blocks.place(8 * block, block, 0, places, 0);
    float[] first = new float[20];
    kernels.dots(0, 8, u, 0, places, offsets(20), 0, 20, x, 0, first, false);
    for (int i = 0; i < 5_000; i++) {
      float[] again = new float[20];
      kernels.dots(0, 8, u, 0, places, offsets(20), 0, 20, x, 0, again, false);
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
