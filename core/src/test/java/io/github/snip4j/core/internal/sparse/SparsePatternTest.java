package io.github.snip4j.core.internal.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.tensor.Shape;
import org.junit.jupiter.api.Test;

class SparsePatternTest {
  private static final SparsePattern W = SparsePattern.of(Shape.of(3, 4), 1, 3, 8, 9, 10);

  @Test
  void aPatternKnowsItsRowsAndItsTranspose() {
    assertThat(W).hasToString("[3, 4] with 5 kept");
    assertThat(W.density()).isEqualTo(5 / 12.0);
    assertThat(W.positions()).containsExactly(1, 3, 8, 9, 10);
    CompressedRows rows = W.byRow();
    assertThat(starts(rows)).containsExactly(0, 2, 2, 5);
    assertThat(columns(rows)).containsExactly(1, 3, 0, 1, 2);
    assertThat(rows.mostInRow()).isEqualTo(3);
    int[] permutation = new int[5];
    CompressedRows transpose = rows.transposed(permutation);
    assertThat(starts(transpose)).containsExactly(0, 1, 3, 4, 5);
    assertThat(columns(transpose)).containsExactly(2, 0, 2, 2, 0);
    assertThat(permutation).containsExactly(2, 0, 3, 4, 1);
    for (int parts : new int[] {1, 4, 32}) {
      assertThat(rows.part(0, parts)).isZero();
      assertThat(rows.part(parts, parts)).isEqualTo(3);
      assertThat(transpose.part(parts, parts)).isEqualTo(4);
    }
  }

  private static int[] starts(CompressedRows rows) {
    int[] starts = new int[rows.rows() + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = rows.start(i);
    }
    return starts;
  }

  private static int[] columns(CompressedRows rows) {
    int[] columns = new int[rows.count()];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = rows.column(k);
    }
    return columns;
  }

  @Test
  void filtersAreRowsOfAllThatAnOutputSees() {
    SparsePattern filters = SparsePattern.of(Shape.of(2, 3, 2, 2), 0, 11, 12, 23);
    assertThat(filters.rows()).isEqualTo(2);
    assertThat(filters.columns()).isEqualTo(12);
    assertThat(columns(filters.byRow())).containsExactly(0, 11, 0, 11);
  }

  @Test
  void nothingKeptAndNoRowsAreFine() {
    assertThat(starts(SparsePattern.of(Shape.of(2, 3)).byRow())).containsExactly(0, 0, 0);
    assertThat(SparsePattern.of(Shape.of(0, 3)).count()).isZero();
    assertThat(SparsePattern.of(Shape.of(3, 0)).density()).isZero();
  }

  @Test
  void whatIsNoPatternIsRefused() {
    refused("position 3 after 3: expected ascending ones below 12", 3, 3);
    refused("position 2 after 3", 3, 2);
    refused("position 12 after 3", 3, 12);
    refused("position -1 after -1", -1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparsePattern.of(Shape.of(12), 1))
        .withMessage("sparse rows: [12]: expected two axes or more: rows, and what a row has");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparsePattern.of(Shape.of(2, 3), new boolean[5]))
        .withMessage("sparse rows: [2, 3] takes as many values, not 5");
  }

  private static void refused(String why, int... positions) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparsePattern.of(Shape.of(3, 4), positions))
        .withMessageContaining(why);
  }

  @Test
  void aLayoutIsWorkedOutOnceAndTheOldestOfManyAgain() {
    SparsePattern w = SparsePattern.of(Shape.of(3, 4), 1, 3, 8, 9, 10);
    RowOffsets first = w.layout(new RowOffsets.Key(false, 1));
    assertThat(w.layout(new RowOffsets.Key(false, 1))).isSameAs(first);
    assertThat(w.layout(new RowOffsets.Key(true, 1))).isNotSameAs(first);
    long before = w.bytes();
    for (int batch = 2; batch < 50; batch++) {
      RowOffsets offsets = w.layout(new RowOffsets.Key(false, batch));
      assertThat(w.layout(new RowOffsets.Key(false, batch))).isSameAs(offsets);
      assertThat(offsets.offsets).endsWith(batch, 3 * batch, 0, batch, 2 * batch);
    }
    assertThat(w.layout(new RowOffsets.Key(false, 1))).isNotSameAs(first);
    assertThat(w.bytes()).isBetween(before, before + 8 * first.bytes());
  }
}
