package io.github.snip4j.nn.optim;

/**
 * RMSprop [Tieleman, Hinton, <i>Lecture 6.5</i>, Coursera, 2012]; formulas as in PyTorch: s = α s +
 * (1 - α) g², v = momentum v + g / (√s + ε), w = w - rate v.
 *
 * @param alpha α, how much of the mean square is kept, in [0, 1)
 * @param epsilon ε, above 0
 * @param momentum in [0, 1)
 * @param weightDecay the factor of w in the gradient, at least 0
 */
public record RmsProp(double alpha, double epsilon, double momentum, double weightDecay)
    implements UpdateRule {
  /** Checks the ranges. */
  public RmsProp {
    boolean shares = alpha >= 0 && alpha < 1 && momentum >= 0 && momentum < 1;
    double most = Double.MAX_VALUE;
    if (!(shares && epsilon > 0 && epsilon <= most && weightDecay >= 0 && weightDecay <= most)) {
      throw new IllegalArgumentException(
          ("rmsprop: alpha " + alpha + ", epsilon " + epsilon + ", momentum " + momentum)
              + (", weight decay " + weightDecay + ": expected alpha and momentum in [0, 1),")
              + " a positive epsilon and a weight decay of at least 0");
    }
  }

  /** PyTorch's constants: α 0.99, ε 1e-8, no momentum, no decay. */
  public RmsProp() {
    this(0.99, 1e-8, 0, 0);
  }

  @Override
  public int stateArrays() {
    return momentum == 0 ? 1 : 2;
  }

  @Override
  public RmsProp withoutDecay() {
    return new RmsProp(alpha, epsilon, momentum, 0);
  }

  @Override
  public void update(
      float[] w, float[] g, float[][] state, int from, int to, double rate, long step) {
    float[] square = state[0];
    float[] v = state[stateArrays() - 1]; // not used without momentum
    float a = (float) alpha;
    float b = (float) (1 - alpha); // rounded once
    float eps = (float) epsilon;
    float decay = (float) weightDecay;
    float mu = (float) momentum;
    float lr = (float) rate;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * w[i];
      square[i] = a * square[i] + b * gradient * gradient;
      float scaled = gradient / ((float) Math.sqrt(square[i]) + eps);
      if (momentum == 0) {
        w[i] -= lr * scaled;
      } else {
        v[i] = mu * v[i] + scaled;
        w[i] -= lr * v[i];
      }
    }
  }
}
