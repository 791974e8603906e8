package io.github.snip4j.core.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.testing.BothKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The step of an LSTM in one pass has the bits of its formula, one element at a time. */
class LstmKernelsTest {
  static final int[] SIZES = {0, 1, 7, 8, 15, 16, 17, 31, 33, 100, 257, 1_061};
  private static final int AT = 3; // everything begins somewhere inside an array
  private static final int APART = 2; // unused elements between gates
  private static final float[] EDGES = {
    0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 120f
  };

  @ParameterizedTest
  @FieldSource("SIZES")
  void forwardIsTheFormula(int n) {
    for (String name : BothKernels.NAMES) {
      int step = n + APART;
      float[] gates = values(1, AT + 4 * step);
      float[] cells = values(2, AT + 2 * step);
      float[] squashed = values(3, AT + step);
      float[] h = values(4, AT + step);
      float[] expectedGates = gates.clone();
      float[] expectedCells = cells.clone();
      float[] expectedSquashed = squashed.clone();
      float[] expectedH = h.clone();
      for (int e = AT; e < AT + n; e++) {
        float i = FloatMath.sigmoid(gates[e]);
        float f = FloatMath.sigmoid(gates[e + step]);
        float g = FloatMath.tanh(gates[e + 2 * step]);
        float o = FloatMath.sigmoid(gates[e + 3 * step]);
        float c = f * cells[e] + i * g;
        expectedGates[e] = i;
        expectedGates[e + step] = f;
        expectedGates[e + 2 * step] = g;
        expectedGates[e + 3 * step] = o;
        expectedCells[e + step] = c;
        expectedSquashed[e] = FloatMath.tanh(c);
        expectedH[e] = o * FloatMath.tanh(c);
      }
      LstmKernels kernels = BothKernels.orSkip(name).lstm();
      kernels.forward(n, gates, AT, step, cells, AT, AT + step, squashed, AT, h, AT);
      assertThat(gates).isEqualTo(expectedGates);
      assertThat(cells).isEqualTo(expectedCells);
      assertThat(squashed).isEqualTo(expectedSquashed);
      assertThat(h).isEqualTo(expectedH);
    }
  }

  @ParameterizedTest
  @FieldSource("SIZES")
  void backwardIsTheFormula(int n) {
    for (String name : BothKernels.NAMES) {
      int step = n + APART;
      float[] gates = values(1, AT + 4 * step);
      float[] cells = values(2, AT + step);
      float[] squashed = values(3, AT + step);
      float[] dh = values(4, AT + step);
      float[] dc = values(5, AT + step);
      float[] dSums = values(6, AT + 4 * step);
      float[] total = values(7, AT + 4 * step);
      float[] expectedDc = dc.clone();
      float[] expectedSums = dSums.clone();
      float[] expectedTotal = total.clone();
      for (int e = AT; e < AT + n; e++) {
        float i = gates[e];
        float f = gates[e + step];
        float g = gates[e + 2 * step];
        float o = gates[e + 3 * step];
        float s = squashed[e];
        float c = dc[e] + dh[e] * o * (1f - s * s);
        float[] d = {
          c * g * (i - i * i),
          c * cells[e] * (f - f * f),
          c * i * (1f - g * g),
          dh[e] * s * (o - o * o)
        };
        for (int gate = 0; gate < 4; gate++) {
          expectedSums[e + gate * step] = d[gate];
          expectedTotal[e + gate * step] += d[gate];
        }
        expectedDc[e] = c * f;
      }
      LstmKernels kernels = BothKernels.orSkip(name).lstm();
      kernels.backward(
          n, gates, AT, step, cells, AT, squashed, AT, dh, AT, dc, AT, dSums, AT, total, AT);
      assertThat(dc).isEqualTo(expectedDc);
      assertThat(dSums).isEqualTo(expectedSums);
      assertThat(total).isEqualTo(expectedTotal);
    }
  }

  private static float[] values(long seed, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) new Seed(seed).normal(i);
      if (i % 23 == seed) {
        values[i] = EDGES[i / 23 % EDGES.length];
      }
    }
    return values;
  }
}
