package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.LANES;

/**
 * How a run of at least a vector is cut into tiles of 8, 7, 4 and 2 vectors. Where it is no
 * multiple of a vector, the last of a tile's vectors lies over part of the one before it. A tile
 * never begins within the one before.
 */
final class ColumnTiles {
  private ColumnTiles() {}

  /** How much of a run the next tile takes: not so much that less than a vector is left. */
  static int width(int left) {
    int vectors = left / LANES;
    boolean whole = left % LANES == 0;
    return switch (vectors) {
      case 1, 3, 6, 7 -> left;
      case 2, 4 -> whole ? left : (vectors - 1) * LANES;
      case 5 -> 4 * LANES;
      case 8 -> whole ? left : 7 * LANES;
      default -> 8 * LANES;
    };
  }

  /** Whether two whole tiles of eight vectors follow one another, and there are registers. */
  static boolean startsWithTwo(int left) {
    int tile = 8 * LANES;
    return LANES >= 16 && width(left) == tile && left > tile && width(left - tile) == tile;
  }

  /** The tile for such a width. */
  static int vectors(int width) {
    return width > 7 * LANES ? 8 : width >= 6 * LANES ? 7 : width >= 3 * LANES ? 4 : 2;
  }
}
