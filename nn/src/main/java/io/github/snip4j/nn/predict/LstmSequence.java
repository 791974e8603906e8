package io.github.snip4j.nn.predict;

import io.github.snip4j.core.internal.backend.FloatMath;
import java.util.Arrays;

/** A long short-term memory over a sequence, from zeros: x {@code [T, in]}, y {@code [T, H]}. */
final class LstmSequence implements Step {
  private final Step gates; // [x; h] to i, f, g, o
  private final int steps;
  private final int in;
  private final int units;

  /**
   * @param gates with the forget bias in their bias
   */
  LstmSequence(Step gates, int steps, int in, int units) {
    this.gates = gates;
    this.steps = steps;
    this.in = in;
    this.units = units;
  }

  @Override
  public int[] scratch() {
    return new int[] {in + units, 4 * units, units};
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    float[] input = scratch[0];
    float[] sums = scratch[1];
    float[] c = scratch[2];
    Arrays.fill(input, in, in + units, 0f);
    Arrays.fill(c, 0, units, 0f);
    for (int t = 0; t < steps; t++) {
      System.arraycopy(x, t * in, input, 0, in);
      gates.run(input, sums, scratch);
      for (int u = 0; u < units; u++) {
        float i = FloatMath.sigmoid(sums[u]);
        float f = FloatMath.sigmoid(sums[units + u]);
        float g = FloatMath.tanh(sums[2 * units + u]);
        c[u] = f * c[u] + i * g;
      }
      for (int u = 0; u < units; u++) {
        float h = FloatMath.sigmoid(sums[3 * units + u]) * FloatMath.tanh(c[u]);
        input[in + u] = h;
        y[t * units + u] = h;
      }
    }
  }
}
