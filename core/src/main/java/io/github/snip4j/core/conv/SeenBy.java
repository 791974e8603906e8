package io.github.snip4j.core.conv;

import io.github.snip4j.core.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;

/**
 * The kept weights by the input channel that they see, for each {@link Phase}: the pattern's
 * transpose, which the gradient by the input takes. Made once, as the pattern never changes.
 */
final class SeenBy {
  /** For each phase, where each input channel's entries begin; one more than there are channels. */
  final int[][] start;

  /** For each entry the number of the value, its output channel within its group, and its tap. */
  final int[][] value;

  final int[][] output;
  final int[][] tap;

  SeenBy(SparsePattern pattern, Shape weights, Conv2dSpec spec) {
    int groupO = weights.dim(0) / spec.groups();
    int groupC = weights.dim(1);
    int kernelW = weights.dim(3);
    int filter = weights.dim(2) * kernelW;
    int phases = spec.strideH() * spec.strideW();
    int[] phaseOfTap = new int[filter];
    for (int t = 0; t < filter; t++) {
      int row = t / kernelW * spec.dilationH() % spec.strideH();
      int column = t % kernelW * spec.dilationW() % spec.strideW();
      phaseOfTap[t] = row * spec.strideW() + column;
    }
    start = new int[phases][groupC * spec.groups() + 1];
    for (int o = 0; o < pattern.rows(); o++) {
      for (int k = pattern.rowStart(o); k < pattern.rowStart(o + 1); k++) {
        int channel = o / groupO * groupC + pattern.column(k) / filter;
        start[phaseOfTap[pattern.column(k) % filter]][channel + 1]++;
      }
    }
    value = new int[phases][];
    output = new int[phases][];
    tap = new int[phases][];
    int[][] next = new int[phases][];
    for (int p = 0; p < phases; p++) {
      int channels = start[p].length - 1;
      for (int c = 0; c < channels; c++) {
        start[p][c + 1] += start[p][c];
      }
      int count = start[p][channels];
      value[p] = new int[count];
      output[p] = new int[count];
      tap[p] = new int[count];
      next[p] = start[p].clone();
    }
    for (int o = 0; o < pattern.rows(); o++) {
      for (int k = pattern.rowStart(o); k < pattern.rowStart(o + 1); k++) {
        int t = pattern.column(k) % filter;
        int p = phaseOfTap[t];
        int place = next[p][o / groupO * groupC + pattern.column(k) / filter]++;
        value[p][place] = k;
        output[p][place] = o % groupO;
        tap[p][place] = t;
      }
    }
  }
}
