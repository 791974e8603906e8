package io.github.snip4j.snip.rival;

import io.github.snip4j.core.internal.backend.ElementKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.optim.UpdateRule;
import java.util.Arrays;

/**
 * One weight whose numbers are N(θ, σ²): θ is the parameter, log σ² is here. Everything is computed
 * in blocks that fit into the cache, element by element, so that threads do not change the bits.
 *
 * <p>Where log α = log σ² - log θ² is outside of [-8, 8], it is clipped: then the variance is
 * e<sup>±8</sup> θ², which depends on θ, and the divergence is constant.
 */
final class VariationalWeight {
  /** Where |log α| is clipped. */
  static final float MOST = 8f;

  private static final int BLOCK = 1 << 10; // elements whose scratch fits into the first cache
  private static final int GRAIN = 1 << 13; // elements a thread takes at a time
  private static final float LEAST_SQUARE = 1e-37f; // of a θ, above what log takes slowly
  private static final float CLIPPED_LEAST = (float) Math.exp(-MOST);
  private static final float CLIPPED_MOST = (float) Math.exp(MOST);

  private final Parameter theta;
  private final float threshold;
  private final float zeroFrom; // the log α from which on the mean is 0 in training
  private final float[] logVariance;
  private final float[] logAlpha;
  private final float[] gradient;
  private final float[][] state;
  private final ElementKernels kernels = KernelChoice.chosen().elements();

  VariationalWeight(Parameter theta, VariationalDropout.Settings settings, UpdateRule rule) {
    this.theta = theta;
    this.threshold = (float) settings.threshold();
    this.zeroFrom = settings.pruneInTraining() ? threshold : Float.POSITIVE_INFINITY;
    this.logVariance = new float[theta.size()];
    this.logAlpha = new float[theta.size()];
    this.gradient = new float[theta.size()];
    this.state = new float[rule.stateArrays()][theta.size()];
    Arrays.fill(logVariance, (float) settings.logVariance());
  }

  /** What a step computes with. */
  record Moments(Tensor mean, Tensor variance) {}

  /** θ, or 0 where it is pruned in training, and σ², clipped. */
  Moments moments() {
    Tensor mean = Tensor.uninitialized(theta.shape());
    Tensor variance = Tensor.uninitialized(theta.shape());
    Parallel.forRange(theta.size(), GRAIN, (from, to) -> moments(from, to, mean, variance));
    return new Moments(mean, variance);
  }

  private void moments(int begin, int end, Tensor mean, Tensor variance) {
    float[] w = theta.value().data();
    float[] m = mean.data();
    float[] v = variance.data();
    float[] square = Workspace.floats(BLOCK);
    float[] logSquare = Workspace.floats(BLOCK);
    for (int from = begin; from < end; from += BLOCK) {
      int n = Math.min(BLOCK, end - from);
      int wAt = theta.value().offset() + from;
      int mAt = mean.offset() + from;
      int vAt = variance.offset() + from;
      for (int i = 0; i < n; i++) {
        square[i] = Math.max(w[wAt + i] * w[wAt + i], LEAST_SQUARE);
      }
      kernels.log(n, square, 0, logSquare, 0);
      kernels.exp(n, logVariance, from, v, vAt);
      System.arraycopy(w, wAt, m, mAt, n);
      for (int i = 0; i < n; i++) {
        logAlpha[from + i] = logVariance[from + i] - logSquare[i];
      }
      for (int i = 0; i < n; i++) { // in a loop of its own, so that the others are vectorised
        float a = logAlpha[from + i];
        if (Math.abs(a) >= MOST) {
          v[vAt + i] = (a > 0 ? CLIPPED_MOST : CLIPPED_LEAST) * square[i];
        }
        if (a >= zeroFrom) {
          m[mAt + i] = 0f;
        }
      }
    }
    Workspace.giveBack(square);
    Workspace.giveBack(logSquare);
  }

  /**
   * Moves log σ² one step.
   *
   * @param used what the loss was computed with, from the {@link #moments} of this step
   * @param byMean the loss's gradient by the mean
   * @param byVariance the loss's gradient by the variance
   * @param divergence the weight of the divergence
   * @return the gradient by θ, of the loss and of the divergence
   */
  Tensor update(
      Moments used,
      Tensor byMean,
      Tensor byVariance,
      double divergence,
      UpdateRule rule,
      double rate,
      long step) {
    Tensor byTheta = Tensor.uninitialized(theta.shape());
    Parallel.forRange(
        theta.size(),
        GRAIN,
        (from, to) -> {
          gradients(from, to, used, byMean, byVariance, (float) divergence, byTheta);
          rule.update(logVariance, gradient, state, from, to, rate, step);
        });
    return byTheta;
  }

  private void gradients(
      int begin,
      int end,
      Moments used,
      Tensor byMean,
      Tensor byVariance,
      float divergence,
      Tensor byTheta) {
    float[] w = theta.value().data();
    float[] v = used.variance.data();
    float[] dm = byMean.data();
    float[] dv = byVariance.data();
    float[] dw = byTheta.data();
    float[] line = Workspace.floats(BLOCK);
    float[] minus = Workspace.floats(BLOCK);
    for (int from = begin; from < end; from += BLOCK) {
      int n = Math.min(BLOCK, end - from);
      for (int i = 0; i < n; i++) {
        float a = logAlpha[from + i];
        line[i] = (float) LogUniformDivergence.K2 + (float) LogUniformDivergence.K3 * a;
        minus[i] = -a;
      }
      kernels.sigmoid(n, line, 0, line, 0);
      kernels.sigmoid(n, minus, 0, minus, 0);
      int wAt = theta.value().offset() + from;
      int vAt = used.variance.offset() + from;
      int dmAt = byMean.offset() + from;
      int dvAt = byVariance.offset() + from;
      int dwAt = byTheta.offset() + from;
      for (int i = 0; i < n; i++) {
        float slope = divergence * LogUniformDivergence.slope(line[i], minus[i]);
        gradient[from + i] = dv[dvAt + i] * v[vAt + i] + slope;
        dw[dwAt + i] = dm[dmAt + i] - 2f * slope / w[wAt + i]; // log α falls by 2 log |θ|
      }
      for (int i = 0; i < n; i++) { // in a loop of its own, so that the other is vectorised
        float a = logAlpha[from + i];
        float x = w[wAt + i];
        float kept = a >= zeroFrom ? 0f : dm[dmAt + i];
        if (x == 0f) {
          dw[dwAt + i] = kept;
          gradient[from + i] = 0f;
        } else if (Math.abs(a) >= MOST) {
          dw[dwAt + i] = kept + 2f * dv[dvAt + i] * v[vAt + i] / x; // the variance is e^±8 θ²
          gradient[from + i] = 0f;
        } else if (a >= zeroFrom) {
          dw[dwAt + i] -= dm[dmAt + i];
        }
      }
    }
    Workspace.giveBack(line);
    Workspace.giveBack(minus);
  }

  /** Keeps the numbers whose log α is below the threshold. */
  Mask mask() {
    moments();
    boolean[] keep = new boolean[theta.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = logAlpha[i] < threshold;
    }
    return new Mask(theta.shape(), keep);
  }

  /** log σ², row-major, as it is. */
  float[] logVariance() {
    return logVariance;
  }

  /** The gradient by log σ² of the last {@link #update}, as it is. */
  float[] gradient() {
    return gradient;
  }
}
