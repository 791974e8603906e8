package io.github.snip4j.core.conv;

import static io.github.snip4j.core.conv.SparseConvForward.PARTS;
import static io.github.snip4j.core.conv.SparseConvForward.STRETCH;

import io.github.snip4j.core.backend.SparseKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.List;

/**
 * {@link SparseConvolution#inputGradient}: each stretch of an input row over the kept weights that
 * see it, one {@link Phase} after the other.
 */
final class SparseConvInputGradient {
  private SparseConvInputGradient() {}

  static Tensor run(
      SparseKernels kernels, SparseConvolution conv, Tensor values, Tensor dy, Geometry g) {
    Tensor dx = Tensor.uninitialized(g.x());
    PaddedGradient gradient = new PaddedGradient(dy, g);
    List<Phase> phases = Phase.all(g);
    for (int p = 0; p < phases.size(); p++) {
      if (phases.get(p).columns > 0) {
        phase(kernels, conv.seenBy, p, phases.get(p), values, gradient, g, dx);
      }
    }
    gradient.giveBack();
    return dx;
  }

  private static void phase(
      SparseKernels kernels,
      SeenBy seenBy,
      int p,
      Phase phase,
      Tensor values,
      PaddedGradient gradient,
      Geometry g,
      Tensor dx) {
    int count = seenBy.value[p].length;
    int[] offsets = Workspace.ints(count);
    float[] v = Workspace.floats(count);
    int[] taps = Workspace.ints(g.kernelH * g.kernelW);
    for (int t = 0; t < taps.length; t++) {
      taps[t] = gradient.offset(g, 0, t / g.kernelW, t % g.kernelW);
    }
    for (int k = 0; k < count; k++) {
      offsets[k] = seenBy.output[p][k] * gradient.channelStep + taps[seenBy.tap[p][k]];
      v[k] = values.data()[values.offset() + seenBy.value[p][k]];
    }
    int run = phase.columns * g.n;
    int stretches = SparseConvForward.stretches(run);
    boolean inPlace = g.spec.strideW() == 1;
    TermChunks chunks = chunks(kernels, seenBy, p, g, run);
    Parallel.forEach(
        phase.rows() * stretches * PARTS,
        piece -> {
          int row = phase.firstRow() + piece / PARTS / stretches;
          int at = piece / PARTS % stretches * STRETCH;
          int length = piece / PARTS % stretches == stretches - 1 ? run - at : STRETCH;
          int part = piece % PARTS;
          float[] target = inPlace ? dx.data() : new float[length];
          int begin = g.c * part / PARTS;
          int end = g.c * (part + 1) / PARTS;
          for (int chunk = 0; chunk < chunks.count; chunk++) {
            for (int c = begin; c < end; c++) {
              int from = chunks.begin(chunk, c);
              int to = chunks.begin(chunk + 1, c);
              int xAt = gradient.runAt(g, c / g.groupC, row, phase.firstColumn) + at;
              int rowAt = (c * g.h + phase.inputRow(row)) * g.w * g.n;
              int yAt = inPlace ? rowAt + at : 0;
              if (chunk == 0) {
                kernels.row(length, 0f, v, offsets, from, to, gradient.data, xAt, target, yAt);
              } else if (from < to) {
                kernels.addRow(length, v, offsets, from, to, gradient.data, xAt, target, yAt);
              }
              if (!inPlace) {
                scatter(target, at, length, phase, g.n, dx.data(), rowAt);
              }
            }
          }
        });
    chunks.giveBack();
    Workspace.giveBack(taps);
    Workspace.giveBack(v);
    Workspace.giveBack(offsets);
  }

  private static TermChunks chunks(
      SparseKernels kernels, SeenBy seenBy, int p, Geometry g, int run) {
    int seen = g.kernelH * (STRETCH + (g.kernelW - 1) * g.spec.dilationW() * g.n);
    double perChannel = (double) seenBy.value[p].length / ((double) g.c * g.groupO);
    boolean divisible = g.spec.strideW() == 1 && run % kernels.stretch() == 0;
    int size = divisible ? TermChunks.channelsPerChunk(g.groupO, seen, perChannel) : g.groupO;
    int[] start = seenBy.start[p];
    int[] output = seenBy.output[p];
    return new TermChunks((g.groupO - 1) / size + 1, g.c, c -> start[c], k -> output[k] / size);
  }

  /** Columns of a phase lie a stride apart in the input; a stretch may begin or end within one. */
  private static void scatter(
      float[] from, int at, int length, Phase phase, int n, float[] dx, int rowAt) {
    int done = 0;
    while (done < length) {
      int q = (at + done) / n;
      int within = (at + done) % n;
      int count = Math.min(n - within, length - done);
      int column = phase.inputColumn(phase.firstColumn + q);
      System.arraycopy(from, done, dx, rowAt + column * n + within, count);
      done += count;
    }
  }
}
