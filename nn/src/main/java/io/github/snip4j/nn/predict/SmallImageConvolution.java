package io.github.snip4j.nn.predict;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.tensor.CacheLine;

/**
 * A convolution of a picture with fewer pixels than would fill vectors, and most of its weights
 * there: eight pixels at a time along 32 filters. Each weight is read once, in the order in which
 * they lie, as reading them is what such a layer takes.
 */
final class SmallImageConvolution implements Step {
  private static final int STRIP = 32; // filters side by side
  private static final int DEPTH = 256; // taps at a time: a strip of them stays in L1

  private final IndirectGemmKernels kernels;
  private final PaddedPhases layout;
  private final FilterBank filters;
  private final float[] strips; // [groups, taps / 256, filters of a group / 32, 256, 32]
  private final int[] places; // of each pixel in a plane, filled up to a multiple of eight
  private final int[] rows = new int[DEPTH]; // of a strip

  SmallImageConvolution(
      IndirectGemmKernels kernels, PaddedPhases layout, FilterBank filters, float[] w) {
    this.kernels = kernels;
    this.layout = layout;
    this.filters = filters;
    this.strips = filters.packed(w, STRIP, DEPTH, CacheLine.BEGIN);
    this.places = new int[(layout.pixels() + MR - 1) / MR * MR];
    for (int i = 0; i < layout.pixels(); i++) {
      places[i] = i / layout.outW * layout.pitch + i % layout.outW;
    }
    for (int p = 0; p < DEPTH; p++) {
      rows[p] = p * STRIP;
    }
  }

  /** See {@link FilterBank}. */
  static double cost(FilterBank filters, PaddedPhases layout) {
    int pixels = (layout.pixels() - 1) / MR * MR + MR;
    return filters.weights(STRIP) * (FilterBank.READING + 1.15 * pixels);
  }

  private int width() {
    return filters.panels(STRIP) * STRIP;
  }

  @Override
  public int[] scratch() {
    return new int[] {layout.size(), places.length * DEPTH, layout.pixels() * width()};
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    layout.layOut(x, scratch[0]);
    for (int group = 0; group < filters.groups; group++) {
      group(group, scratch[0], scratch[1], y, scratch[2]);
    }
  }

  private void group(int group, float[] in, float[] seen, float[] y, float[] sums) {
    int terms = filters.terms;
    int each = filters.each;
    int width = width();
    int inAt = filters.firstChannel(group) * layout.channel;
    for (int i = 0; i < layout.pixels(); i++) {
      System.arraycopy(filters.bias, group * each, sums, i * width, each);
    }
    for (int p = 0; p < terms; p += DEPTH) {
      int depth = Math.min(DEPTH, terms - p);
      for (int i = 0; i < places.length; i += MR) {
        pack(in, inAt, i, p, depth, seen);
      }
      for (int s = 0; s < width; s += STRIP) {
        int at = CacheLine.BEGIN + group * width * terms + p * width + s * depth;
        kernels.taps(
            layout.pixels(),
            STRIP,
            seen,
            0,
            depth * MR,
            rows,
            0,
            depth,
            strips,
            at,
            sums,
            s,
            width,
            true);
      }
    }
    for (int o = 0; o < each; o++) {
      int to = (group * each + o) * layout.pixels();
      for (int i = 0; i < layout.pixels(); i++) {
        y[to + i] = sums[i * width + o];
      }
    }
  }

  /** What eight pixels see of some taps, side by side for each tap. */
  private void pack(float[] in, int at, int pixel, int first, int count, float[] seen) {
    int p0 = at + places[pixel];
    int p1 = at + places[pixel + 1];
    int p2 = at + places[pixel + 2];
    int p3 = at + places[pixel + 3];
    int p4 = at + places[pixel + 4];
    int p5 = at + places[pixel + 5];
    int p6 = at + places[pixel + 6];
    int p7 = at + places[pixel + 7];
    int[] offsets = filters.offsets;
    int to = pixel * count;
    for (int p = first; p < first + count; p++) {
      int offset = offsets[p];
      seen[to] = in[p0 + offset];
      seen[to + 1] = in[p1 + offset];
      seen[to + 2] = in[p2 + offset];
      seen[to + 3] = in[p3 + offset];
      seen[to + 4] = in[p4 + offset];
      seen[to + 5] = in[p5 + offset];
      seen[to + 6] = in[p6 + offset];
      seen[to + 7] = in[p7 + offset];
      to += MR;
    }
  }
}
