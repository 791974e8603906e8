package io.github.snip4j.nn.predict;

/** y = factor x + shift, with one of each for a channel: a batch norm in use. */
final class ChannelScale implements Step {
  private final float[] factors;
  private final float[] shifts;
  private final int each; // numbers of a channel

  ChannelScale(float[] factors, float[] shifts, int each) {
    this.factors = factors;
    this.shifts = shifts;
    this.each = each;
  }

  @Override
  public boolean isInPlace() {
    return true;
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    for (int c = 0; c < factors.length; c++) {
      float factor = factors[c];
      float shift = shifts[c];
      for (int i = c * each; i < (c + 1) * each; i++) {
        y[i] = factor * x[i] + shift;
      }
    }
  }
}
