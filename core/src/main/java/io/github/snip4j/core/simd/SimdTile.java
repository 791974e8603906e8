package io.github.snip4j.core.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost product: {@link #ROWS} rows by two vectors of columns, in registers.
 *
 * <p>Implementation note: sixteen accumulators, two vectors of B and one broadcast of A fill 19 of
 * AVX-512's 32 registers; two vectors wide, as each broadcast then feeds two products. C2 keeps
 * accumulators in registers only if they are locals of one flat loop, and are loaded and stored in
 * the same method: hence the length.
 */
final class SimdTile {
  /** The one species of the whole library: C2 compiles badly once a program has used two. */
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  static final int LANES = SPECIES.length();
  static final int ROWS = 8;
  static final int COLUMNS = 2 * LANES;

  private SimdTile() {}

  /** Vectors of at least 256 bits on x86, which imply a fused multiply-add, 128 bits elsewhere. */
  static void checkProcessor() {
    String arch = System.getProperty("os.arch", "");
    int least = arch.equals("amd64") || arch.equals("x86_64") ? 8 : 4;
    if (LANES < least) {
      throw new UnsupportedOperationException(
          "this processor's vectors hold " + LANES + " floats, fewer than " + least);
    }
  }

  /**
   * {@code C = A B}, or {@code C = C + A B} for one tile.
   *
   * @param depth the length of the sums, at least 1
   * @param a packed {@code [depth][ROWS]} from {@code aAt}
   * @param b packed {@code [depth][COLUMNS]} from {@code bAt}
   * @param c {@code ROWS} rows of {@code COLUMNS}, {@code stride} apart, from {@code cAt}
   * @param add whether to add to what C holds
   */
  static void multiply(
      int depth,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int stride,
      boolean add) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + LANES);
      bAt += COLUMNS;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aAt + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aAt + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[aAt + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[aAt + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      aAt += ROWS;
    }
    if (add) {
      FloatVector.fromArray(SPECIES, c, cAt).add(c00).intoArray(c, cAt);
      FloatVector.fromArray(SPECIES, c, cAt + LANES).add(c01).intoArray(c, cAt + LANES);
      cAt += stride;
      FloatVector.fromArray(SPECIES, c, cAt).add(c10).intoArray(c, cAt);
      FloatVector.fromArray(SPECIES, c, cAt + LANES).add(c11).intoArray(c, cAt + LANES);
      cAt += stride;
      FloatVector.fromArray(SPECIES, c, cAt).add(c20).intoArray(c, cAt);
      FloatVector.fromArray(SPECIES, c, cAt + LANES).add(c21).intoArray(c, cAt + LANES);
      cAt += stride;
      FloatVector.fromArray(SPECIES, c, cAt).add(c30).intoArray(c, cAt);
      FloatVector.fromArray(SPECIES, c, cAt + LANES).add(c31).intoArray(c, cAt + LANES);
      cAt += stride;
      FloatVector.fromArray(SPECIES, c, cAt).add(c40).intoArray(c, cAt);
      FloatVector.fromArray(SPECIES, c, cAt + LANES).add(c41).intoArray(c, cAt + LANES);
      cAt += stride;
      FloatVector.fromArray(SPECIES, c, cAt).add(c50).intoArray(c, cAt);
      FloatVector.fromArray(SPECIES, c, cAt + LANES).add(c51).intoArray(c, cAt + LANES);
      cAt += stride;
      FloatVector.fromArray(SPECIES, c, cAt).add(c60).intoArray(c, cAt);
      FloatVector.fromArray(SPECIES, c, cAt + LANES).add(c61).intoArray(c, cAt + LANES);
      cAt += stride;
      FloatVector.fromArray(SPECIES, c, cAt).add(c70).intoArray(c, cAt);
      FloatVector.fromArray(SPECIES, c, cAt + LANES).add(c71).intoArray(c, cAt + LANES);
    } else {
      c00.intoArray(c, cAt);
      c01.intoArray(c, cAt + LANES);
      cAt += stride;
      c10.intoArray(c, cAt);
      c11.intoArray(c, cAt + LANES);
      cAt += stride;
      c20.intoArray(c, cAt);
      c21.intoArray(c, cAt + LANES);
      cAt += stride;
      c30.intoArray(c, cAt);
      c31.intoArray(c, cAt + LANES);
      cAt += stride;
      c40.intoArray(c, cAt);
      c41.intoArray(c, cAt + LANES);
      cAt += stride;
      c50.intoArray(c, cAt);
      c51.intoArray(c, cAt + LANES);
      cAt += stride;
      c60.intoArray(c, cAt);
      c61.intoArray(c, cAt + LANES);
      cAt += stride;
      c70.intoArray(c, cAt);
      c71.intoArray(c, cAt + LANES);
    }
  }
}
