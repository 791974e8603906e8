package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.sparse.Layout;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.CacheLine;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a sparse gate matrix lie in slices of one width; those of a slice and of
 * their sums begin at {@link CacheLine#BEGIN}, as the values do.
 */
final class SparseGatePlan implements Layout {
  /** Where each value finds its row of [x; h]. */
  final int[] offsets;

  /** Where each row's values begin, and at last where they end. */
  final int[] starts;

  /** Where each column's values begin in the transpose, and at last where they end. */
  final int[] columnStarts;

  /** What each column's sum starts from. */
  final float[] zeros;

  /** Of each row: its first value for the state. */
  final int[] middle;

  /** Of the transpose: where each value finds the gradient of its sum. */
  final int[] sums;

  /** Of each column: its first value of the last gate. */
  final int[] last;

  private final Key key;
  private final SparsePattern pattern;

  /** How gates are laid out, how many features and units there are, and the width of a slice. */
  record Key(GateLayout gates, int features, int units, int width)
      implements Layout.Key<SparseGatePlan> {
    static Key of(SequenceShape sizes) {
      return new Key(sizes.wiring(), sizes.features(), sizes.units(), sizes.width());
    }

    @Override
    public SparseGatePlan make(SparsePattern pattern) {
      return new SparseGatePlan(this, pattern);
    }

    @Override
    public boolean equals(@Nullable Object other) { // not the JDK's: see Layout.Key
      return other instanceof Key key
          && gates.equals(key.gates)
          && features == key.features
          && units == key.units
          && width == key.width;
    }

    @Override
    public int hashCode() {
      return (((gates.hashCode() * 31) + features) * 31 + units) * 31 + width;
    }
  }

  private SparseGatePlan(Key key, SparsePattern pattern) {
    this.key = key;
    this.pattern = pattern;
    offsets = new int[CacheLine.BEGIN + pattern.count()];
    starts = new int[pattern.rows() + 1];
    for (int row = 0; row <= pattern.rows(); row++) {
      starts[row] = CacheLine.BEGIN + pattern.rowStart(row);
    }
    columnStarts = new int[pattern.columns() + 1];
    for (int column = 0; column <= pattern.columns(); column++) {
      columnStarts[column] = CacheLine.BEGIN + pattern.columnStart(column);
    }
    zeros = new float[pattern.columns()];
    middle = new int[pattern.rows()];
    for (int row = 0; row < pattern.rows(); row++) {
      findOffsets(row);
    }
    sums = new int[CacheLine.BEGIN + pattern.count()];
    last = new int[pattern.columns()];
    for (int column = 0; column < pattern.columns(); column++) {
      findSums(column);
    }
  }

  private void findOffsets(int row) {
    int state = key.gates.state(row / key.units) * key.units * key.width;
    int end = pattern.rowStart(row + 1);
    middle[row] = CacheLine.BEGIN + end;
    for (int k = end - 1; k >= pattern.rowStart(row); k--) {
      boolean ofState = pattern.column(k) >= key.features;
      offsets[CacheLine.BEGIN + k] = pattern.column(k) * key.width + (ofState ? state : 0);
      middle[row] = ofState ? CacheLine.BEGIN + k : middle[row];
    }
  }

  private void findSums(int column) {
    InputOrState kind = column < key.features ? InputOrState.INPUT : InputOrState.STATE;
    int end = pattern.columnStart(column + 1);
    last[column] = CacheLine.BEGIN + end;
    for (int k = end - 1; k >= pattern.columnStart(column); k--) {
      int gate = pattern.row(k) / key.units;
      int down = (key.gates.sum(gate, kind) - gate) * key.units * key.width;
      sums[CacheLine.BEGIN + k] = pattern.row(k) * key.width + down;
      last[column] = gate == key.gates.gates() - 1 ? CacheLine.BEGIN + k : last[column];
    }
  }

  @Override
  public long bytes() {
    long rows = 2L * middle.length + 1;
    long columns = 3L * last.length + 1;
    return Integer.BYTES * (rows + columns + offsets.length + sums.length);
  }
}
