package io.github.snip4j.core.tensor;

/**
 * Where cache lines begin in an array.
 *
 * <p>A vector of 64 bytes that lies over two lines is two loads. What kernels read again and again
 * from L1 therefore begins at element {@link #BEGIN}: where arrays begin at multiples of 64 bytes,
 * that is where a line does, as the elements follow 16 bytes of header. Arrays of a megabyte or so
 * do with the G1 collector, all do with {@code -XX:ObjectAlignmentInBytes=64}. Where they do not,
 * nothing is lost.
 */
public final class CacheLine {
  /** The first element that begins a line. */
  public static final int BEGIN = 12;

  /** How many elements a line has. */
  public static final int LENGTH = 16;

  private CacheLine() {}
}
