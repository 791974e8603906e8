package io.github.snip4j.nn.predict;

import io.github.snip4j.core.internal.backend.FloatMath;
import java.util.Arrays;

/**
 * Gated recurrent units over a sequence, from zeros: x {@code [T, in]}, y {@code [T, H]}. With the
 * reset gate before the product n comes from [x; r h], with it after from [x] and r times what
 * comes from [h].
 */
final class GruSequence implements Step {
  private final Step gates; // [x; h] to r, z
  private final Step candidate; // [x; r h] to n, or [x; h] to its two parts
  private final boolean resetAfter;
  private final int steps;
  private final int in;
  private final int units;

  GruSequence(Step gates, Step candidate, boolean resetAfter, int steps, int in, int units) {
    this.gates = gates;
    this.candidate = candidate;
    this.resetAfter = resetAfter;
    this.steps = steps;
    this.in = in;
    this.units = units;
  }

  @Override
  public int[] scratch() {
    return new int[] {in + units, 2 * units, 2 * units, units};
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    float[] input = scratch[0];
    float[] rz = scratch[1];
    float[] n = scratch[2];
    float[] h = scratch[3];
    Arrays.fill(h, 0, units, 0f);
    for (int t = 0; t < steps; t++) {
      System.arraycopy(x, t * in, input, 0, in);
      System.arraycopy(h, 0, input, in, units);
      gates.run(input, rz, scratch);
      if (!resetAfter) {
        for (int u = 0; u < units; u++) {
          input[in + u] = FloatMath.sigmoid(rz[u]) * h[u];
        }
      }
      candidate.run(input, n, scratch);
      for (int u = 0; u < units; u++) {
        float sum = resetAfter ? n[u] + FloatMath.sigmoid(rz[u]) * n[units + u] : n[u];
        float z = FloatMath.sigmoid(rz[units + u]);
        h[u] = (1 - z) * FloatMath.tanh(sum) + z * h[u];
        y[t * units + u] = h[u];
      }
    }
  }
}
