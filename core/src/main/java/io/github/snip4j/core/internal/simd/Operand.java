package io.github.snip4j.core.internal.simd;

import io.github.snip4j.core.internal.backend.PanelPacking;

/** A matrix, transposed or not: element (i, j) is {@code data[at + i*rowStep + j*columnStep]}. */
final class Operand {
  final float[] data;
  final int at;
  final int rowStep;
  final int columnStep;

  Operand(float[] data, int at, int rowStep, int columnStep) {
    this.data = data;
    this.at = at;
    this.rowStep = rowStep;
    this.columnStep = columnStep;
  }

  int position(int row, int column) {
    return at + row * rowStep + column * columnStep;
  }

  /** Packs rows, from {@code row} on, for a tile: columns p .. p+depth of them. */
  void pack(int row, int rows, int p, int depth, float[] to, int toAt) {
    PanelPacking.panels(data, position(row, p), rowStep, columnStep, rows, depth, to, toAt);
  }
}
