package io.github.snip4j.core.internal.backend;

/** {@link LstmKernels} in plain Java. */
final class PlainLstm implements LstmKernels {
  @Override
  public void forward(
      int n,
      float[] gates,
      int at,
      int step,
      float[] cells,
      int before,
      int after,
      float[] squashed,
      int squashedAt,
      float[] h,
      int hAt) {
    int f = at + step;
    int g = f + step;
    int o = g + step;
    for (int e = 0; e < n; e++) {
      gates[at + e] = FloatMath.sigmoid(gates[at + e]);
      gates[f + e] = FloatMath.sigmoid(gates[f + e]);
      gates[g + e] = FloatMath.tanh(gates[g + e]);
      gates[o + e] = FloatMath.sigmoid(gates[o + e]);
      float c = gates[f + e] * cells[before + e] + gates[at + e] * gates[g + e];
      cells[after + e] = c;
      squashed[squashedAt + e] = FloatMath.tanh(c);
      h[hAt + e] = gates[o + e] * squashed[squashedAt + e];
    }
  }

  @Override
  public void backward(
      int n,
      float[] gates,
      int at,
      int step,
      float[] cells,
      int before,
      float[] squashed,
      int squashedAt,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt,
      float[] dSums,
      int dSumsAt,
      float[] total,
      int totalAt) {
    for (int e = 0; e < n; e++) {
      float i = gates[at + e];
      float f = gates[at + step + e];
      float g = gates[at + 2 * step + e];
      float o = gates[at + 3 * step + e];
      float s = squashed[squashedAt + e];
      float d = dh[dhAt + e];
      float c = dc[dcAt + e] + d * o * (1f - s * s);
      float di = c * g * (i - i * i);
      float df = c * cells[before + e] * (f - f * f);
      float dg = c * i * (1f - g * g);
      float dO = d * s * (o - o * o);
      dc[dcAt + e] = c * f;
      dSums[dSumsAt + e] = di;
      dSums[dSumsAt + step + e] = df;
      dSums[dSumsAt + 2 * step + e] = dg;
      dSums[dSumsAt + 3 * step + e] = dO;
      total[totalAt + e] += di;
      total[totalAt + step + e] += df;
      total[totalAt + 2 * step + e] += dg;
      total[totalAt + 3 * step + e] += dO;
    }
  }
}
