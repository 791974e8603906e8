package io.github.snip4j.nn;

import io.github.snip4j.core.internal.sparse.Positions;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers of a parameter are kept: a pattern, where layers compute with the sparse kernel, or
 * positions. Either takes memory for what is kept only.
 */
public final class Kept {
  private final Shape shape;
  private final @Nullable SparsePattern pattern;
  private final @Nullable Positions positions;

  private Kept(Shape shape, @Nullable SparsePattern pattern, @Nullable Positions positions) {
    this.shape = shape;
    this.pattern = pattern;
    this.positions = positions;
  }

  static Kept of(Mask mask, Kernel kernel) {
    Shape shape = mask.shape();
    if (kernel == Kernel.DENSE || shape.rank() < 2) {
      return new Kept(shape, null, new Positions(shape, mask.keptPositions()));
    }
    int rows = shape.dim(0);
    int columns = rows == 0 ? 0 : shape.size() / rows;
    return new Kept(shape, SparsePattern.of(rows, columns, mask.toArray()), null);
  }

  /** As a matrix with a row for each index of the first axis; null with the dense kernel. */
  @Nullable SparsePattern pattern() {
    return pattern;
  }

  /** What layers compute with. */
  public Kernel kernel() {
    return pattern == null ? Kernel.DENSE : Kernel.SPARSE;
  }

  /** Where the kept numbers are. */
  public Positions positions() {
    if (pattern == null) {
      return Objects.requireNonNull(positions);
    }
    int[] all = new int[pattern.kept()];
    for (int i = 0; i < pattern.rows(); i++) {
      for (int k = pattern.rowStart(i); k < pattern.rowStart(i + 1); k++) {
        all[k] = i * pattern.columns() + pattern.column(k);
      }
    }
    return new Positions(shape, all);
  }

  /** How much memory this takes. */
  public long bytes() {
    return pattern != null
        ? pattern.bytes()
        : (long) Integer.BYTES * Objects.requireNonNull(positions).count();
  }

  /** The same as a mask. */
  public Mask mask() {
    boolean[] keep = new boolean[shape.size()];
    Positions kept = positions();
    for (int k = 0; k < kept.count(); k++) {
      keep[kept.at(k)] = true;
    }
    return new Mask(shape, keep);
  }
}
