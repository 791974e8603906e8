package io.github.snip4j.core.internal.backend;

/**
 * Implementation note: the JIT compiler makes no vectors of sums, so nothing is lost by adding in
 * double; four sums do not wait for each other.
 */
final class PlainReductions implements ReductionKernels {
  @Override
  public double sum(int n, float[] x, int xAt) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int end = xAt + n;
    int i = xAt;
    for (; i < end - 3; i += 4) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
    }
    for (; i < end; i++) {
      s0 += x[i];
    }
    return (s0 + s2) + (s1 + s3);
  }

  @Override
  public void deviations(int n, float mean, float[] x, int xAt, double[] sums) {
    double s0 = 0;
    double s1 = 0;
    double q0 = 0;
    double q1 = 0;
    int end = xAt + n;
    int i = xAt;
    for (; i < end - 1; i += 2) {
      double d0 = x[i] - mean;
      double d1 = x[i + 1] - mean;
      s0 += d0;
      s1 += d1;
      q0 += d0 * d0;
      q1 += d1 * d1;
    }
    if (i < end) {
      double d = x[i] - mean;
      s0 += d;
      q0 += d * d;
    }
    sums[0] = s0 + s1;
    sums[1] = q0 + q1;
  }

  @Override
  public double dot(int n, float mean, float[] x, int xAt, float[] y, int yAt) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      s0 += (x[xAt + i] - mean) * y[yAt + i];
      s1 += (x[xAt + i + 1] - mean) * y[yAt + i + 1];
      s2 += (x[xAt + i + 2] - mean) * y[yAt + i + 2];
      s3 += (x[xAt + i + 3] - mean) * y[yAt + i + 3];
    }
    for (; i < n; i++) {
      s0 += (x[xAt + i] - mean) * y[yAt + i];
    }
    return (s0 + s2) + (s1 + s3);
  }
}
