package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.tensor.CacheLine;
import org.jspecify.annotations.Nullable;

/**
 * Where each value of a sparse matrix, or of its transpose, finds its row of an {@code [.., N]}:
 * that of value k is {@code offsets[CacheLine.BEGIN + k]}, as values begin there too.
 */
final class RowOffsets implements Layout {
  final int[] offsets;

  private RowOffsets(int[] offsets) {
    this.offsets = offsets;
  }

  /** Which of the two matrices, and N. */
  record Key(boolean ofTranspose, int batch) implements Layout.Key<RowOffsets> {
    @Override
    public RowOffsets make(SparsePattern pattern) {
      CompressedRows rows = ofTranspose ? pattern.transpose() : pattern.byRow();
      int[] offsets = new int[CacheLine.BEGIN + rows.count()];
      for (int k = 0; k < rows.count(); k++) {
        offsets[CacheLine.BEGIN + k] = rows.column(k) * batch;
      }
      return new RowOffsets(offsets);
    }

    @Override
    public boolean equals(@Nullable Object other) { // not the JDK's: see Layout.Key
      return other instanceof Key key && ofTranspose == key.ofTranspose && batch == key.batch;
    }

    @Override
    public int hashCode() {
      return 31 * batch + (ofTranspose ? 1 : 0);
    }
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * offsets.length;
  }
}
