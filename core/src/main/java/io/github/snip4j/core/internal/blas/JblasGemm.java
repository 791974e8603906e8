package io.github.snip4j.core.internal.blas;

import io.github.snip4j.core.tensor.CacheLine;
import java.util.Arrays;
import org.jblas.NativeBlas;
import org.jblas.util.Logger;

/**
 * The native product of jblas.
 *
 * <p>Implementation note: jblas is not thread-safe, so one lock guards the whole library. It copies
 * the arrays it is given from end to end, so a slice of a larger array is copied out first. It is
 * column-major: a row-major {@code C = A B} is its {@code C^T = B^T A^T}.
 */
final class JblasGemm implements Gemm {
  private static final Object NATIVE_LIBRARY = new Object();

  /**
   * Multiplies two numbers, to see whether the native library is there.
   *
   * @throws LinkageError if it is not
   */
  JblasGemm() {
    Logger.getLogger().setLevel(Logger.ERROR + 1); // it would print its own lines on the console
    float[] c = new float[1];
    multiply(false, false, 1, 1, 1, new float[] {2}, 0, new float[] {3}, 0, c, 0, false);
    if (c[0] != 6) {
      throw new LinkageError("jblas says that 2 x 3 = " + c[0]);
    }
  }

  @Override
  public String name() {
    return "jblas";
  }

  @Override
  public String description() {
    return "jblas (native BLAS)";
  }

  @Override
  public void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate) {
    float[] wholeA = whole(a, m * k) ? a : Arrays.copyOfRange(a, aOffset, aOffset + m * k);
    float[] wholeB = whole(b, k * n) ? b : Arrays.copyOfRange(b, bOffset, bOffset + k * n);
    float[] wholeC = whole(c, m * n) ? c : Arrays.copyOfRange(c, cOffset, cOffset + m * n);
    synchronized (NATIVE_LIBRARY) {
      NativeBlas.sgemm(
          transposeB ? 'T' : 'N',
          transposeA ? 'T' : 'N',
          n,
          m,
          k,
          1f,
          wholeB,
          wholeB == b ? bOffset : 0,
          transposeB ? k : n,
          wholeA,
          wholeA == a ? aOffset : 0,
          transposeA ? m : k,
          accumulate ? 1f : 0f,
          wholeC,
          wholeC == c ? cOffset : 0,
          n);
    }
    if (wholeC != c) {
      System.arraycopy(wholeC, 0, c, cOffset, m * n);
    }
  }

  /** Whether there is little else in the array, so that it can be copied from end to end. */
  private static boolean whole(float[] array, int length) {
    return array.length <= length + CacheLine.BEGIN;
  }
}
