package io.github.snip4j.core.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The one vector shape of the whole library: C2 compiles badly once a program has used two. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** The species of int vectors with as many lanes, for the bits of floats. */
  static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

  /**
   * The class of all float vectors. Every vector is cast to it before it is stored.
   *
   * <p>Implementation note: C2 inlines no more than a number of nodes at once and puts the rest of
   * a long kernel off. What is put off returns some FloatVector or other, which C2 does not store
   * from a register: it calls the store, with an object. How many nodes an operation has depends on
   * what a program did before, so that the same kernel was compiled well in one Java and badly in
   * the next, for as long as it ran: three of four sums of a tile became objects.
   */
  static final Class<? extends FloatVector> FLOATS =
      FloatVector.zero(SPECIES).getClass().asSubclass(FloatVector.class);

  /** Floats per vector. */
  static final int LANES = SPECIES.length();

  private Lanes() {}

  /**
   * Vectors of at least 256 bits on x86, which imply a fused multiply-add, 128 bits elsewhere.
   *
   * @throws UnsupportedOperationException if this processor's are shorter
   */
  static void checkProcessor() {
    String arch = System.getProperty("os.arch", "");
    int least = arch.equals("amd64") || arch.equals("x86_64") ? 8 : 4;
    if (LANES < least) {
      throw new UnsupportedOperationException(
          "this processor's vectors hold " + LANES + " floats, fewer than " + least);
    }
  }
}
