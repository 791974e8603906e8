package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.sparse.Layout;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where the kept weights lie in inputs of one shape, for the convolution and its gradients; each
 * part is made when it is first asked for.
 */
final class SparseConvPlan implements Layout {
  private static final int FORWARD = 0; // and from 1 on, the phases

  private final SparsePattern pattern;
  private final AtomicReferenceArray<@Nullable IndirectionTable> made;

  SparseConvPlan(SparsePattern pattern, ConvShape g) {
    this.pattern = pattern;
    made = new AtomicReferenceArray<>(1 + g.spec.strideH() * g.spec.strideW());
  }

  /** The shape of the inputs, and how the filters move. */
  record Key(Shape x, Conv2dSpec spec) implements Layout.Key<SparseConvPlan> {
    @Override
    public SparseConvPlan make(SparsePattern pattern) {
      return new SparseConvPlan(pattern, new ConvShape(x, pattern.shape(), spec));
    }

    @Override
    public boolean equals(@Nullable Object other) { // not the JDK's: see Layout.Key
      return other instanceof Key key && x.equals(key.x) && spec.equals(key.spec);
    }

    @Override
    public int hashCode() {
      return 31 * x.hashCode() + spec.hashCode();
    }
  }

  /** How many weights there are. */
  int count() {
    return pattern.count();
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (int i = 0; i < made.length(); i++) {
      IndirectionTable terms = made.get(i);
      bytes += terms == null ? 0 : terms.bytes();
    }
    return bytes;
  }

  /** By channel of the output. */
  IndirectionTable forward(PaddedInput input, ConvShape g) {
    IndirectionTable terms = made.get(FORWARD);
    if (terms == null) {
      terms = newForward(input, g);
      made.set(FORWARD, terms);
    }
    return terms;
  }

  private IndirectionTable newForward(PaddedInput input, ConvShape g) {
    int filter = g.kernelH * g.kernelW;
    int[] offsets = new int[g.terms];
    input.offsets(g, offsets);
    int[] output = outputs();
    int size = chunk(g.groupC, pattern.density() * filter, g);
    return new IndirectionTable(
        pattern.count(),
        g.o,
        FilterRows.forward(g),
        (g.groupC - 1) / size + 1,
        k -> pattern.column(k) / filter / size,
        k -> output[k],
        k -> pattern.column(k) / g.kernelW % g.kernelH,
        k -> k,
        k -> output[k] / g.groupO * g.groupC * input.channelStep + offsets[pattern.column(k)]);
  }

  /** By channel of the input, for one phase of it. */
  IndirectionTable backward(int number, StrideResidue phase, PaddedGradient gradient, ConvShape g) {
    IndirectionTable terms = made.get(1 + number);
    if (terms == null) {
      terms = newBackward(phase, gradient, g);
      made.set(1 + number, terms);
    }
    return terms;
  }

  private IndirectionTable newBackward(StrideResidue phase, PaddedGradient gradient, ConvShape g) {
    int filter = g.kernelH * g.kernelW;
    int[] rowOf = places(phase.tapRows, g.kernelH);
    int[] columnOf = places(phase.tapColumns, g.kernelW);
    int[] output = outputs();
    int[] seen = new int[pattern.count()];
    int count = 0;
    for (int k = 0; k < pattern.count(); k++) {
      int tap = pattern.column(k) % filter;
      if (rowOf[tap / g.kernelW] >= 0 && columnOf[tap % g.kernelW] >= 0) {
        seen[count++] = k;
      }
    }
    int size = chunk(g.groupO, (double) count / ((double) g.c * g.groupO), g);
    return new IndirectionTable(
        count,
        g.c,
        FilterRows.backward(g, phase),
        (g.groupO - 1) / size + 1,
        i -> output[seen[i]] % g.groupO / size,
        i -> output[seen[i]] / g.groupO * g.groupC + pattern.column(seen[i]) / filter,
        i -> rowOf[pattern.column(seen[i]) % filter / g.kernelW],
        i -> seen[i],
        i -> {
          int tap = pattern.column(seen[i]) % filter;
          return gradient.offset(g, output[seen[i]], tap / g.kernelW, tap % g.kernelW);
        });
  }

  /** Of each kept weight. */
  private int[] outputs() {
    int[] outputs = new int[pattern.count()];
    for (int o = 0; o < pattern.rows(); o++) {
      for (int k = pattern.rowStart(o); k < pattern.rowStart(o + 1); k++) {
        outputs[k] = o;
      }
    }
    return outputs;
  }

  /** Where each of a filter's rows, or columns, is among those of a phase; -1 if it is not. */
  private static int[] places(int[] taps, int kernel) {
    int[] places = new int[kernel];
    Arrays.fill(places, -1);
    for (int i = 0; i < taps.length; i++) {
      places[taps[i]] = i;
    }
    return places;
  }

  private static int chunk(int channels, double perChannel, ConvShape g) {
    int width = SparseConvLoop.STRETCH + (g.kernelW - 1) * g.spec.dilationW() * g.n;
    return IndirectionTable.channelsPerChunk(channels, g.kernelH * width, perChannel);
  }
}
