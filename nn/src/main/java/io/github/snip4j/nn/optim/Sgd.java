package io.github.snip4j.nn.optim;

/**
 * Stochastic gradient descent, as PyTorch defines it: g' = g + weightDecay w; v = momentum v + g';
 * w = w - rate v, or w - rate (g' + momentum v) with Nesterov's momentum.
 *
 * @param momentum in [0, 1)
 * @param nesterov takes a momentum above 0
 * @param weightDecay the factor of w in the gradient, at least 0; the paper's 5e-4
 */
public record Sgd(double momentum, boolean nesterov, double weightDecay) implements UpdateRule {
  /** Checks the ranges. */
  public Sgd {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("sgd: momentum " + momentum + " is not in [0, 1)");
    }
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException(
          "sgd: nesterov with momentum 0 is plain descent: give a momentum above 0, such as 0.9,"
              + " or no nesterov");
    }
    if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "sgd: weight decay " + weightDecay + ": expected a number of at least 0");
    }
  }

  @Override
  public int stateArrays() {
    return momentum == 0 ? 0 : 1;
  }

  @Override
  public Sgd withoutDecay() {
    return new Sgd(momentum, nesterov, 0);
  }

  @Override
  public void update(
      float[] w, float[] g, float[][] state, int from, int to, double rate, long step) {
    float lr = (float) rate;
    float mu = (float) momentum;
    float decay = (float) weightDecay;
    if (momentum == 0) {
      for (int i = from; i < to; i++) {
        w[i] -= lr * (g[i] + decay * w[i]);
      }
      return;
    }
    float[] v = state[0];
    if (nesterov) {
      for (int i = from; i < to; i++) {
        float gradient = g[i] + decay * w[i];
        v[i] = mu * v[i] + gradient;
        w[i] -= lr * (gradient + mu * v[i]);
      }
    } else {
      for (int i = from; i < to; i++) {
        v[i] = mu * v[i] + (g[i] + decay * w[i]);
        w[i] -= lr * v[i];
      }
    }
  }
}
