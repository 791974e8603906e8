package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/** Arrays for what is laid out anew, which may be larger than the tensors that it comes from. */
final class ConvScratch {
  private ConvScratch() {}

  /**
   * An array with arbitrary values.
   *
   * @param what it is for, for the message
   * @param factors whose product is its length
   * @throws IllegalArgumentException if no array can be so long
   */
  static float[] floats(String what, int... factors) {
    return Workspace.floats(size(what, factors));
  }

  /** An array like {@link #floats}, with room for {@code more} elements before them. */
  static float[] floatsAndMore(int more, String what, int... factors) {
    return Workspace.floats(Math.addExact(size(what, factors), more));
  }

  /** The product of the factors; errors as {@link #floats}. */
  static int size(String what, int... factors) {
    long size = 1;
    for (int factor : factors) {
      size *= factor;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            ("conv2d: " + what + " would take ")
                + (Arrays.toString(factors) + " floats, more than 2^31-1: use smaller batches"));
      }
    }
    return (int) size;
  }
}
