package io.github.snip4j.snip.rival;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The weights of one unit, and the quadratic error ½ (v - w)ᵀ H (v - w) of others in their place.
 * Only weights that exist are here.
 */
final class UnitSurgeon {
  private final double[] w;
  private final double[] h; // [n, n]

  /**
   * @param w the weights
   * @param h H, {@code [n, n]}; neither is copied
   */
  UnitSurgeon(double[] w, double[] h) {
    this.w = w;
    this.h = h;
  }

  /**
   * [H⁻¹]_qq for all q.
   *
   * @throws IllegalArgumentException if H is not positive definite
   */
  double[] inverseDiagonal() {
    return Cholesky.of(h, w.length).inverseDiagonal();
  }

  /** L_q = ½ w_q² / [H⁻¹]_qq: the least error without weight q. */
  double[] scores(double[] inverseDiagonal) {
    double[] scores = new double[w.length];
    for (int q = 0; q < scores.length; q++) {
      scores[q] = 0.5 * w[q] * w[q] / inverseDiagonal[q];
    }
    return scores;
  }

  /** wᵀ H w: twice the error without any weight. */
  double energy() {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += w[i] * hw(i);
    }
    return sum;
  }

  private double hw(int i) {
    double sum = 0;
    for (int j = 0; j < w.length; j++) {
      sum += h[i * w.length + j] * w[j];
    }
    return sum;
  }

  /** H⁻¹, {@code [n, n]}; errors as {@link #inverseDiagonal}. */
  double[] inverse() {
    return Cholesky.of(h, w.length).inverse();
  }

  /**
   * The weights after some are pruned.
   *
   * @param inverse gives H⁻¹, if the update needs it
   */
  double[] without(boolean[] keep, WeightUpdate update, Supplier<double[]> inverse) {
    return switch (update) {
      case NONE -> kept(keep);
      case SEQUENTIAL -> sequential(keep, inverse.get());
      case LEAST_SQUARES -> leastSquares(keep);
    };
  }

  private double[] kept(boolean[] keep) {
    double[] v = w.clone();
    for (int q = 0; q < v.length; q++) {
      v[q] = keep[q] ? v[q] : 0;
    }
    return v;
  }

  private double[] sequential(boolean[] keep, double[] inverse) {
    int n = w.length;
    double[] scores = scores(IntStream.range(0, n).mapToDouble(q -> inverse[q * n + q]).toArray());
    double[] v = w.clone();
    boolean[] here = new boolean[n];
    Arrays.fill(here, true);
    int[] order =
        IntStream.range(0, n)
            .filter(q -> !keep[q])
            .boxed()
            .sorted(Comparator.comparingDouble(q -> scores[q]))
            .mapToInt(q -> q)
            .toArray();
    for (int q : order) {
      double factor = v[q] / inverse[q * n + q];
      here[q] = false;
      for (int i = 0; i < n; i++) {
        v[i] = here[i] ? v[i] - factor * inverse[q * n + i] : 0;
      }
    }
    return v;
  }

  private double[] leastSquares(boolean[] keep) {
    int n = w.length;
    int[] s = IntStream.range(0, n).filter(q -> keep[q]).toArray();
    double[] hss = new double[s.length * s.length];
    double[] b = new double[s.length];
    for (int i = 0; i < s.length; i++) {
      b[i] = hw(s[i]);
      for (int j = 0; j < s.length; j++) {
        hss[i * s.length + j] = h[s[i] * n + s[j]];
      }
    }
    double[] solution = Cholesky.of(hss, s.length).solve(b);
    double[] v = new double[n];
    for (int i = 0; i < s.length; i++) {
      v[s[i]] = solution[i];
    }
    return v;
  }
}
