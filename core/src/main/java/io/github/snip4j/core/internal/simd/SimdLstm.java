package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.LstmKernels;
import jdk.incubator.vector.FloatVector;

/** {@link LstmKernels} on the Vector API; the last elements, fewer than a vector, in plain Java. */
final class SimdLstm implements LstmKernels {
  private static final int BLOCK = 512; // what becomes of them stays in L1

  private final LstmKernels plain;

  /**
   * @param plain does the ends
   */
  SimdLstm(LstmKernels plain) {
    this.plain = plain;
  }

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
    int whole = n - n % LANES;
    for (int e = 0; e < whole; e += BLOCK) {
      int count = Math.min(BLOCK, whole - e);
      int i = at + e;
      int f = i + step;
      int g = f + step;
      int o = g + step;
      int c = after + e;
      int s = squashedAt + e;
      SimdExp.sigmoid(count, gates, i, gates, i);
      SimdExp.sigmoid(count, gates, f, gates, f);
      SimdExp.tanh(count, gates, g, gates, g);
      cell(count, gates, i, f, g, cells, before + e, c);
      SimdExp.sigmoid(count, gates, o, gates, o);
      SimdExp.tanh(count, cells, c, squashed, s);
      SimdArithmetic.product(count, gates, o, squashed, s, h, hAt + e);
    }
    plain.forward(
        n - whole,
        gates,
        at + whole,
        step,
        cells,
        before + whole,
        after + whole,
        squashed,
        squashedAt + whole,
        h,
        hAt + whole);
  }

  /** c = f cBefore + i g. */
  private static void cell(
      int n, float[] gates, int i, int f, int g, float[] cells, int before, int after) {
    for (int e = 0; e < n; e += LANES) {
      FloatVector forget = FloatVector.fromArray(SPECIES, gates, f + e);
      FloatVector kept = FloatVector.fromArray(SPECIES, cells, before + e).mul(forget);
      FloatVector in = FloatVector.fromArray(SPECIES, gates, i + e);
      FloatVector candidate = FloatVector.fromArray(SPECIES, gates, g + e);
      FLOATS.cast(kept.add(in.mul(candidate))).intoArray(cells, after + e);
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
    int whole = n - n % LANES;
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int f = at + step;
    int g = f + step;
    int o = g + step;
    int df = dSumsAt + step;
    int dg = df + step;
    int dO = dg + step;
    int totalF = totalAt + step;
    int totalG = totalF + step;
    int totalO = totalG + step;
    for (int e = 0; e < whole; e += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, dh, dhAt + e);
      FloatVector s = FloatVector.fromArray(SPECIES, squashed, squashedAt + e);
      FloatVector out = FloatVector.fromArray(SPECIES, gates, o + e);
      FloatVector byO = d.mul(s).mul(out.sub(out.mul(out)));
      FLOATS.cast(byO).intoArray(dSums, dO + e);
      FLOATS
          .cast(byO.add(FloatVector.fromArray(SPECIES, total, totalO + e)))
          .intoArray(total, totalO + e);
      FloatVector through = d.mul(out).mul(one.sub(s.mul(s)));
      FloatVector c = FloatVector.fromArray(SPECIES, dc, dcAt + e).add(through);
      FloatVector in = FloatVector.fromArray(SPECIES, gates, at + e);
      FloatVector candidate = FloatVector.fromArray(SPECIES, gates, g + e);
      FloatVector byI = c.mul(candidate).mul(in.sub(in.mul(in)));
      FLOATS.cast(byI).intoArray(dSums, dSumsAt + e);
      FLOATS
          .cast(byI.add(FloatVector.fromArray(SPECIES, total, totalAt + e)))
          .intoArray(total, totalAt + e);
      FloatVector byG = c.mul(in).mul(one.sub(candidate.mul(candidate)));
      FLOATS.cast(byG).intoArray(dSums, dg + e);
      FLOATS
          .cast(byG.add(FloatVector.fromArray(SPECIES, total, totalG + e)))
          .intoArray(total, totalG + e);
      FloatVector forget = FloatVector.fromArray(SPECIES, gates, f + e);
      FloatVector cell = FloatVector.fromArray(SPECIES, cells, before + e);
      FloatVector byF = c.mul(cell).mul(forget.sub(forget.mul(forget)));
      FLOATS.cast(byF).intoArray(dSums, df + e);
      FLOATS
          .cast(byF.add(FloatVector.fromArray(SPECIES, total, totalF + e)))
          .intoArray(total, totalF + e);
      FLOATS.cast(c.mul(forget)).intoArray(dc, dcAt + e);
    }
    plain.backward(
        n - whole,
        gates,
        at + whole,
        step,
        cells,
        before + whole,
        squashed,
        squashedAt + whole,
        dh,
        dhAt + whole,
        dc,
        dcAt + whole,
        dSums,
        dSumsAt + whole,
        total,
        totalAt + whole);
  }
}
