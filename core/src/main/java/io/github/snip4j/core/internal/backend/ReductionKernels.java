package io.github.snip4j.core.internal.backend;

/**
 * Sums over a contiguous run, good to about 1e-6 of the sum of the terms' magnitudes however long
 * it is: within blocks of {@link #BLOCK} in float at most, the blocks in double.
 */
public interface ReductionKernels {
  /** How many elements may be added up in float. */
  int BLOCK = 4096;

  /** Σ x[i]. */
  double sum(int n, float[] x, int xAt);

  /**
   * Sums of the deviations d = x[i] - mean and of their squares.
   *
   * @param sums receives Σ d at 0 and Σ d² at 1
   */
  void deviations(int n, float mean, float[] x, int xAt, double[] sums);

  /** Σ (x[i] - mean) y[i]. */
  double dot(int n, float mean, float[] x, int xAt, float[] y, int yAt);
}
