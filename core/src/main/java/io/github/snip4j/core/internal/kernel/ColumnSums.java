package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/** Sums of rows, column by column: within blocks in float, the blocks without rounding. */
final class ColumnSums {
  private static final int BLOCK = 64; // rows that are added up before their sum is

  private final float[] block;
  private final float[] totals;
  private final float[] lost; // what rounding takes from the totals
  private final ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();

  ColumnSums(int columns) {
    this.block = Workspace.floats(columns);
    this.totals = Workspace.floats(columns);
    this.lost = Workspace.floats(columns);
  }

  void clear(int column, int n) {
    Arrays.fill(block, column, column + n, 0f);
    Arrays.fill(totals, column, column + n, 0f);
    Arrays.fill(lost, column, column + n, 0f);
  }

  /** Adds row k, from 0 on in order. */
  void add(int k, float[] row, int at, int column, int n) {
    if (k % BLOCK == 0) {
      SoftmaxKernel.addExactly(block, totals, lost, column, column + n);
      Arrays.fill(block, column, column + n, 0f);
    }
    kernels.addTo(n, 1f, row, at, block, column);
  }

  double total(int column) {
    return (double) totals[column] + lost[column] + block[column];
  }

  /** Makes the totals means; nothing is added after it. */
  void divideBy(int rows, int column, int n) {
    for (int i = column; i < column + n; i++) {
      totals[i] = (float) (total(i) / rows);
    }
  }

  float[] totals() {
    return totals;
  }

  void giveBack() {
    Workspace.giveBack(block);
    Workspace.giveBack(totals);
    Workspace.giveBack(lost);
  }
}
