package io.github.snip4j.core.simd;

import static io.github.snip4j.core.simd.Lanes.LANES;
import static io.github.snip4j.core.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link io.github.snip4j.core.backend.SparseKernels#dots}, eight at a time.
 *
 * <p>Implementation note: eight sums share each load of u. Then their lanes are added up in a tree
 * that halves the vectors at each level: half of one sum's lanes make room for half of another's.
 * That order is written out, since {@code reduceLanes} leaves its own open and its bits change when
 * the JIT compiler comes. It costs half of what storing and adding one by one does.
 */
final class SimdDots {
  private static final int AT_ONCE = 8;

  /** How far apart the lanes are that a level of the tree adds. */
  private static final int FAR = LANES / 2;

  private static final int MIDDLE = LANES / 4;
  private static final int NEAR = LANES / 8;

  private static final boolean TREE = NEAR > 0;
  private static final VectorMask<Float> UPPER_FAR = upper(FAR);
  private static final VectorMask<Float> UPPER_MIDDLE = upper(MIDDLE);
  private static final VectorMask<Float> UPPER_NEAR = upper(NEAR);
  private static final VectorShuffle<Float> SWAP_FAR = swap(FAR);
  private static final VectorShuffle<Float> SWAP_MIDDLE = swap(MIDDLE);
  private static final VectorShuffle<Float> SWAP_NEAR = swap(NEAR);
  private static final VectorShuffle<Float> SWAP_NEXT = swap(1);

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[AT_ONCE * LANES]);

  private SimdDots() {}

  private static VectorMask<Float> upper(int distance) {
    boolean[] upper = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      upper[lane] = (lane & distance) != 0;
    }
    return VectorMask.fromArray(SPECIES, upper, 0);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> lane ^ distance);
  }

  static void dots(
      int first,
      int last,
      float[] u,
      int uAt,
      int[] places,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] dots,
      boolean add) {
    float[] scratch = SCRATCH.get();
    for (int k = from; k < to; k += AT_ONCE) {
      eight(first, last, u, uAt, places, offsets, k, to - 1, x, xAt, scratch);
      int count = Math.min(AT_ONCE, to - k);
      for (int q = 0; q < count; q++) {
        float dot = TREE ? scratch[laneOf(q)] : sum(scratch, q * LANES);
        dots[k + q] = add ? dots[k + q] + dot : dot;
      }
    }
  }

  /** Where the tree leaves sum q. */
  private static int laneOf(int q) {
    return (q >> 2) * FAR + (q >> 1 & 1) * MIDDLE + (q & 1) * NEAR;
  }

  private static float sum(float[] lanes, int at) {
    float sum = 0;
    for (int lane = 0; lane < LANES; lane++) {
      sum += lanes[at + lane];
    }
    return sum;
  }

  /** Sums k .. k+7; those after {@code end} are computed as that one is. */
  private static void eight(
      int first,
      int last,
      float[] u,
      int uAt,
      int[] places,
      int[] offsets,
      int k,
      int end,
      float[] x,
      int xAt,
      float[] scratch) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector s7 = FloatVector.zero(SPECIES);
    int x0 = xAt + offsets[k];
    int x1 = xAt + offsets[Math.min(k + 1, end)];
    int x2 = xAt + offsets[Math.min(k + 2, end)];
    int x3 = xAt + offsets[Math.min(k + 3, end)];
    int x4 = xAt + offsets[Math.min(k + 4, end)];
    int x5 = xAt + offsets[Math.min(k + 5, end)];
    int x6 = xAt + offsets[Math.min(k + 6, end)];
    int x7 = xAt + offsets[Math.min(k + 7, end)];
    uAt += first * LANES;
    for (int b = first; b < last; b++) {
      FloatVector v = FloatVector.fromArray(SPECIES, u, uAt);
      int at = places[b];
      s0 = v.fma(FloatVector.fromArray(SPECIES, x, x0 + at), s0);
      s1 = v.fma(FloatVector.fromArray(SPECIES, x, x1 + at), s1);
      s2 = v.fma(FloatVector.fromArray(SPECIES, x, x2 + at), s2);
      s3 = v.fma(FloatVector.fromArray(SPECIES, x, x3 + at), s3);
      s4 = v.fma(FloatVector.fromArray(SPECIES, x, x4 + at), s4);
      s5 = v.fma(FloatVector.fromArray(SPECIES, x, x5 + at), s5);
      s6 = v.fma(FloatVector.fromArray(SPECIES, x, x6 + at), s6);
      s7 = v.fma(FloatVector.fromArray(SPECIES, x, x7 + at), s7);
      uAt += LANES;
    }
    if (TREE) {
      s0 = s0.blend(s4, UPPER_FAR).add(s4.blend(s0, UPPER_FAR).rearrange(SWAP_FAR));
      s1 = s1.blend(s5, UPPER_FAR).add(s5.blend(s1, UPPER_FAR).rearrange(SWAP_FAR));
      s2 = s2.blend(s6, UPPER_FAR).add(s6.blend(s2, UPPER_FAR).rearrange(SWAP_FAR));
      s3 = s3.blend(s7, UPPER_FAR).add(s7.blend(s3, UPPER_FAR).rearrange(SWAP_FAR));
      s0 = s0.blend(s2, UPPER_MIDDLE).add(s2.blend(s0, UPPER_MIDDLE).rearrange(SWAP_MIDDLE));
      s1 = s1.blend(s3, UPPER_MIDDLE).add(s3.blend(s1, UPPER_MIDDLE).rearrange(SWAP_MIDDLE));
      s0 = s0.blend(s1, UPPER_NEAR).add(s1.blend(s0, UPPER_NEAR).rearrange(SWAP_NEAR));
      if (NEAR == 2) {
        s0 = s0.add(s0.rearrange(SWAP_NEXT)); // sixteen lanes: two are left of each sum
      }
      s0.intoArray(scratch, 0);
    } else {
      s0.intoArray(scratch, 0);
      s1.intoArray(scratch, LANES);
      s2.intoArray(scratch, 2 * LANES);
      s3.intoArray(scratch, 3 * LANES);
      s4.intoArray(scratch, 4 * LANES);
      s5.intoArray(scratch, 5 * LANES);
      s6.intoArray(scratch, 6 * LANES);
      s7.intoArray(scratch, 7 * LANES);
    }
  }
}
