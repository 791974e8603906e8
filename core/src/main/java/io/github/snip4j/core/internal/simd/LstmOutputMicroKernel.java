package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.backend.FloatMath.E2;
import static io.github.snip4j.core.internal.backend.FloatMath.E3;
import static io.github.snip4j.core.internal.backend.FloatMath.E4;
import static io.github.snip4j.core.internal.backend.FloatMath.E5;
import static io.github.snip4j.core.internal.backend.FloatMath.E6;
import static io.github.snip4j.core.internal.backend.FloatMath.EXP_LEAST;
import static io.github.snip4j.core.internal.backend.FloatMath.LN2_HIGH;
import static io.github.snip4j.core.internal.backend.FloatMath.LN2_LOW;
import static io.github.snip4j.core.internal.backend.FloatMath.LOG2_E;
import static io.github.snip4j.core.internal.backend.FloatMath.ROUNDER;
import static io.github.snip4j.core.internal.backend.FloatMath.ROUNDER_BITS;
import static io.github.snip4j.core.internal.backend.FloatMath.TANH_MOST;
import static io.github.snip4j.core.internal.simd.Lanes.INTS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * From the sum of o and from c<sub>t</sub> to h<sub>t</sub>: the rest of {@link SimdLstm#forward},
 * written out as {@link LstmCellMicroKernel}; both in one loop would be too much for C2.
 */
final class LstmOutputMicroKernel {
  private LstmOutputMicroKernel() {}

  /** The gate from {@code o} on is replaced; {@code squashed} becomes tanh c. */
  static void run(
      int n,
      float[] gates,
      int o,
      float[] cells,
      int c,
      float[] squashed,
      int s,
      float[] h,
      int hAt) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    FloatVector least = FloatVector.broadcast(SPECIES, EXP_LEAST);
    FloatVector tanhMost = FloatVector.broadcast(SPECIES, TANH_MOST);
    FloatVector log2E = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, LN2_LOW);
    FloatVector e6 = FloatVector.broadcast(SPECIES, E6);
    FloatVector e5 = FloatVector.broadcast(SPECIES, E5);
    FloatVector e4 = FloatVector.broadcast(SPECIES, E4);
    FloatVector e3 = FloatVector.broadcast(SPECIES, E3);
    FloatVector e2 = FloatVector.broadcast(SPECIES, E2);
    FloatVector down = FloatVector.broadcast(SPECIES, 0x1p-64f);
    IntVector bits = IntVector.broadcast(INTS, ROUNDER_BITS - 127 - 64);
    IntVector biasedRounder = IntVector.broadcast(INTS, ROUNDER_BITS - 127);
    IntVector signBit = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    for (int e = 0; e < n; e += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, gates, o + e);
      FloatVector outB = x.abs().neg();
      FloatVector outC = outB.blend(least, outB.compare(VectorOperators.LT, least));
      FloatVector outT = outC.mul(log2E).add(rounder);
      FloatVector outE = outT.sub(rounder);
      FloatVector outR = outC.sub(outE.mul(ln2High)).sub(outE.mul(ln2Low));
      FloatVector outQ = outR.mul(e6).add(e5).mul(outR).add(e4).mul(outR).add(e3).mul(outR).add(e2);
      FloatVector outP = outR.mul(outR).mul(outQ).add(outR).add(one);
      IntVector outK = outT.reinterpretAsInts().sub(bits);
      FloatVector outS =
          outP.mul(outK.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats()).mul(down);
      FloatVector out = one.blend(outS, x.compare(VectorOperators.LT, zero)).div(outS.add(one));
      FloatVector y = FloatVector.fromArray(SPECIES, cells, c + e);
      FloatVector smallA = y.abs();
      FloatVector smallC = smallA.add(smallA).min(tanhMost);
      FloatVector smallT = smallC.mul(log2E).add(rounder);
      FloatVector smallE = smallT.sub(rounder);
      FloatVector smallR = smallC.sub(smallE.mul(ln2High)).sub(smallE.mul(ln2Low));
      FloatVector smallQ =
          smallR.mul(e6).add(e5).mul(smallR).add(e4).mul(smallR).add(e3).mul(smallR).add(e2);
      FloatVector smallP = smallR.mul(smallR).mul(smallQ).add(smallR);
      IntVector smallK = smallT.reinterpretAsInts().sub(biasedRounder);
      FloatVector smallW = smallK.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector smallM = smallP.mul(smallW).add(smallW.sub(one));
      IntVector smallSign = y.reinterpretAsInts().and(signBit);
      FloatVector small =
          smallM.div(smallM.add(two)).reinterpretAsInts().or(smallSign).reinterpretAsFloats();
      out.intoArray(gates, o + e);
      small.intoArray(squashed, s + e);
      out.mul(small).intoArray(h, hAt + e);
    }
  }
}
