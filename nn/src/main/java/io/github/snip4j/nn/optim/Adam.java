package io.github.snip4j.nn.optim;

/**
 * Adam, with weight decay in the gradient [1] or, decoupled, on the weight itself (AdamW [2]); the
 * formulas are PyTorch's.
 *
 * <p>[1] Kingma and Ba, <i>Adam: a method for stochastic optimization</i>, 2015, algorithm 1. [2]
 * Loshchilov and Hutter, <i>Decoupled weight decay regularization</i>, 2019, algorithm 2.
 *
 * @param beta1 decay of the mean of gradients, in [0, 1)
 * @param beta2 decay of the mean of their squares, in [0, 1)
 * @param epsilon added to the root of the latter; positive
 * @param weightDecay the factor of w in the gradient, or in AdamW's own step; at least 0
 */
public record Adam(
    double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
    implements UpdateRule {
  /** Checks the ranges. */
  public Adam {
    boolean betas = beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1;
    double most = Double.MAX_VALUE;
    if (!(betas && epsilon > 0 && epsilon <= most && weightDecay >= 0 && weightDecay <= most)) {
      throw new IllegalArgumentException(
          ("adam: beta1 " + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon)
              + (", weight decay " + weightDecay + ": expected betas in [0, 1), a positive epsilon")
              + " and a weight decay of at least 0");
    }
  }

  /** Adam with the customary constants, decay in the gradient. */
  public static Adam adam(double weightDecay) {
    return new Adam(0.9, 0.999, 1e-8, weightDecay, false);
  }

  /** AdamW with the customary constants. */
  public static Adam adamW(double weightDecay) {
    return new Adam(0.9, 0.999, 1e-8, weightDecay, true);
  }

  @Override
  public int stateArrays() {
    return 2;
  }

  @Override
  public Adam withoutDecay() {
    return new Adam(beta1, beta2, epsilon, 0, decoupled);
  }

  @Override
  public void update(
      float[] w, float[] g, float[][] state, int from, int to, double rate, long step) {
    float[] mean = state[0];
    float[] square = state[1];
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float shrink = decoupled ? (float) (1 - rate * weightDecay) : 1f;
    float decay = decoupled ? 0f : (float) weightDecay;
    float stepSize = (float) (rate / (1 - Math.pow(beta1, (double) step)));
    float correction = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) step)));
    float c1 = (float) (1 - beta1); // rounded once: 1 - (float) 0.999 is off by 5e-5
    float c2 = (float) (1 - beta2);
    float eps = (float) epsilon;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * w[i];
      mean[i] = b1 * mean[i] + c1 * gradient;
      square[i] = b2 * square[i] + c2 * gradient * gradient;
      float root = (float) Math.sqrt(square[i]) * correction + eps;
      w[i] = shrink * w[i] - stepSize * mean[i] / root;
    }
  }
}
