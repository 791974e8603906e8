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
 * From the sums of i, f and g to c<sub>t</sub>: most of {@link SimdLstm#forward}.
 *
 * <p>Implementation note: {@link SimdExp#sigmoid} and {@link SimdExp#tanh} written out, so that one
 * pass over memory does it all, and one function's waiting is filled with the next one's work.
 */
final class LstmCellMicroKernel {
  private LstmCellMicroKernel() {}

  /**
   * The gates from {@code i}, {@code f} and {@code g} on are replaced; c begins at {@code after}.
   */
  static void run(int n, float[] gates, int i, int f, int g, float[] cells, int before, int after) {
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
      FloatVector x = FloatVector.fromArray(SPECIES, gates, i + e);
      FloatVector inB = x.abs().neg();
      FloatVector inC = inB.blend(least, inB.compare(VectorOperators.LT, least));
      FloatVector inT = inC.mul(log2E).add(rounder);
      FloatVector inE = inT.sub(rounder);
      FloatVector inR = inC.sub(inE.mul(ln2High)).sub(inE.mul(ln2Low));
      FloatVector inQ = inR.mul(e6).add(e5).mul(inR).add(e4).mul(inR).add(e3).mul(inR).add(e2);
      FloatVector inP = inR.mul(inR).mul(inQ).add(inR).add(one);
      IntVector inK = inT.reinterpretAsInts().sub(bits);
      FloatVector inS =
          inP.mul(inK.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats()).mul(down);
      FloatVector in = one.blend(inS, x.compare(VectorOperators.LT, zero)).div(inS.add(one));
      FloatVector y = FloatVector.fromArray(SPECIES, gates, f + e);
      FloatVector forgetB = y.abs().neg();
      FloatVector forgetC = forgetB.blend(least, forgetB.compare(VectorOperators.LT, least));
      FloatVector forgetT = forgetC.mul(log2E).add(rounder);
      FloatVector forgetE = forgetT.sub(rounder);
      FloatVector forgetR = forgetC.sub(forgetE.mul(ln2High)).sub(forgetE.mul(ln2Low));
      FloatVector forgetQ =
          forgetR.mul(e6).add(e5).mul(forgetR).add(e4).mul(forgetR).add(e3).mul(forgetR).add(e2);
      FloatVector forgetP = forgetR.mul(forgetR).mul(forgetQ).add(forgetR).add(one);
      IntVector forgetK = forgetT.reinterpretAsInts().sub(bits);
      FloatVector forgetS =
          forgetP.mul(forgetK.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats()).mul(down);
      FloatVector forget =
          one.blend(forgetS, y.compare(VectorOperators.LT, zero)).div(forgetS.add(one));
      FloatVector z = FloatVector.fromArray(SPECIES, gates, g + e);
      FloatVector candidateA = z.abs();
      FloatVector candidateC = candidateA.add(candidateA).min(tanhMost);
      FloatVector candidateT = candidateC.mul(log2E).add(rounder);
      FloatVector candidateE = candidateT.sub(rounder);
      FloatVector candidateR = candidateC.sub(candidateE.mul(ln2High)).sub(candidateE.mul(ln2Low));
      FloatVector candidateQ =
          candidateR
              .mul(e6)
              .add(e5)
              .mul(candidateR)
              .add(e4)
              .mul(candidateR)
              .add(e3)
              .mul(candidateR)
              .add(e2);
      FloatVector candidateP = candidateR.mul(candidateR).mul(candidateQ).add(candidateR);
      IntVector candidateK = candidateT.reinterpretAsInts().sub(biasedRounder);
      FloatVector candidateW = candidateK.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector candidateM = candidateP.mul(candidateW).add(candidateW.sub(one));
      IntVector candidateSign = z.reinterpretAsInts().and(signBit);
      FloatVector candidate =
          candidateM
              .div(candidateM.add(two))
              .reinterpretAsInts()
              .or(candidateSign)
              .reinterpretAsFloats();
      in.intoArray(gates, i + e);
      forget.intoArray(gates, f + e);
      candidate.intoArray(gates, g + e);
      FloatVector kept = FloatVector.fromArray(SPECIES, cells, before + e).mul(forget);
      kept.add(in.mul(candidate)).intoArray(cells, after + e);
    }
  }
}
