package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.blas.Gemm;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of few examples as a product of the filters {@code [O, terms]} with what each
 * output sees, {@code [terms, H_out W_out N]}.
 *
 * <p>A row of few examples would not fill two vectors, all rows together do. And weights that meet
 * so few numbers are better read where they lie than packed: VGG-like has 60 MB of them.
 */
final class UnfoldedConv {
  private static final int MOST_EXAMPLES = 8;
  private static final int SHORT_ROW = 32; // two vectors of the longest kind
  private static final int LEAST_FILTERS = 8; // a panel
  private static final int LEAST_COLUMNS = 16;

  private UnfoldedConv() {}

  /** Whether it is faster than {@link ConvForward}. */
  static boolean suits(ConvShape g) {
    return g.n <= MOST_EXAMPLES && g.outW * g.n < SHORT_ROW && g.groupO >= LEAST_FILTERS;
  }

  static Tensor run(Gemm gemm, Tensor x, Tensor w, @Nullable Tensor bias, ConvShape g) {
    Tensor y = Tensor.uninitialized(g.y());
    int outputs = g.outH * g.outW * g.n; // of a filter
    int columns = Math.max(outputs, LEAST_COLUMNS);
    PaddedInput input = new PaddedInput(x, g);
    int[] offsets = Workspace.ints(g.terms);
    input.offsets(g, offsets);
    int begin = CacheLine.BEGIN;
    float[] seen = ConvScratch.floatsAndMore(begin, "what the outputs see", g.terms, columns);
    float[] sums = ConvScratch.floats("the outputs of a group", g.groupO, columns);
    for (int group = 0; group < g.spec.groups(); group++) {
      unfold(input, group, offsets, g, columns, seen);
      int first = group * g.groupO;
      gemm.multiply(
          false,
          false,
          g.groupO,
          columns,
          g.terms,
          w.data(),
          w.offset() + first * g.terms,
          seen,
          begin,
          sums,
          0,
          false);
      for (int o = 0; o < g.groupO; o++) {
        float b = bias == null ? 0 : bias.at(first + o);
        int to = y.offset() + (first + o) * outputs;
        for (int i = 0; i < outputs; i++) {
          y.data()[to + i] = sums[o * columns + i] + b;
        }
      }
    }
    Workspace.giveBack(sums);
    Workspace.giveBack(seen);
    Workspace.giveBack(offsets);
    input.giveBack();
    return y;
  }

  /** What the outputs see of each term, row by row, and zeros up to so many columns. */
  private static void unfold(
      PaddedInput input, int group, int[] offsets, ConvShape g, int columns, float[] seen) {
    int run = g.outW * g.n;
    int outputs = g.outH * run;
    Parallel.forRange(
        g.terms,
        (1 << 14) / columns + 1,
        (from, to) -> {
          for (int p = from; p < to; p++) {
            int line = CacheLine.BEGIN + p * columns;
            for (int row = 0; row < g.outH; row++) {
              int at = input.rowAt(g, group, row) + offsets[p];
              System.arraycopy(input.data, at, seen, line + row * run, run);
            }
            Arrays.fill(seen, line + outputs, line + columns, 0f);
          }
        });
  }
}
