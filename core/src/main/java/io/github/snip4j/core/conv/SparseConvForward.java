package io.github.snip4j.core.conv;

import io.github.snip4j.core.backend.SparseKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import org.jspecify.annotations.Nullable;

/** {@link SparseConvolution#forward}: each stretch of an output row over all kept weights. */
final class SparseConvForward {
  /** Elements of a run, eight vectors: what all channels see of the input should stay in L2. */
  static final int STRETCH = 128;

  /** Parts of the channels, to share out where the image is small. */
  static final int PARTS = 4;

  private SparseConvForward() {}

  static Tensor run(
      SparseKernels kernels,
      SparseConvolution conv,
      Tensor values,
      Tensor x,
      @Nullable Tensor bias,
      Geometry g) {
    SparsePattern pattern = conv.pattern;
    Tensor y = Tensor.uninitialized(g.y());
    PaddedInput input = new PaddedInput(x, g);
    int[] offsets = offsets(input, pattern, g);
    float[] v = values.offset() == 0 ? values.data() : values.toArray();
    int run = g.outW * g.n;
    int stretches = stretches(run);
    TermChunks chunks = chunks(kernels, pattern, g, run);
    Parallel.forEach(
        g.outH * stretches * PARTS,
        piece -> {
          int row = piece / PARTS / stretches;
          int at = piece / PARTS % stretches * STRETCH;
          int length = piece / PARTS % stretches == stretches - 1 ? run - at : STRETCH;
          int part = piece % PARTS;
          int begin = pattern.rowPart(part, PARTS);
          int end = pattern.rowPart(part + 1, PARTS);
          for (int chunk = 0; chunk < chunks.count; chunk++) {
            for (int o = begin; o < end; o++) {
              int from = chunks.begin(chunk, o);
              int to = chunks.begin(chunk + 1, o);
              int xAt = input.rowAt(g, o / g.groupO, row) + at;
              int yAt = (o * g.outH + row) * run + at;
              if (chunk == 0) {
                float start = bias == null ? 0f : bias.data()[bias.offset() + o];
                kernels.row(length, start, v, offsets, from, to, input.data, xAt, y.data(), yAt);
              } else if (from < to) {
                kernels.addRow(length, v, offsets, from, to, input.data, xAt, y.data(), yAt);
              }
            }
          }
        });
    chunks.giveBack();
    Workspace.giveBack(offsets);
    input.giveBack();
    return y;
  }

  /** How many stretches a run is cut into; the last takes what is left over. */
  static int stretches(int run) {
    return Math.max(1, run / STRETCH);
  }

  private static TermChunks chunks(
      SparseKernels kernels, SparsePattern pattern, Geometry g, int run) {
    int filter = g.kernelH * g.kernelW;
    int seen = g.kernelH * (STRETCH + (g.kernelW - 1) * g.spec.dilationW() * g.n);
    double perChannel = pattern.density() * filter;
    boolean divisible = run % kernels.stretch() == 0;
    int size = divisible ? TermChunks.channelsPerChunk(g.groupC, seen, perChannel) : g.groupC;
    int count = (g.groupC - 1) / size + 1;
    int terms = size * filter;
    return new TermChunks(count, g.o, pattern::rowStart, k -> pattern.column(k) / terms);
  }

  /** Where each kept weight's input lies, relative to {@link PaddedInput#rowAt}. */
  static int[] offsets(PaddedInput input, SparsePattern pattern, Geometry g) {
    int[] terms = Workspace.ints(g.terms);
    input.offsets(g, terms);
    int[] offsets = Workspace.ints(pattern.kept());
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = terms[pattern.column(k)];
    }
    Workspace.giveBack(terms);
    return offsets;
  }
}
