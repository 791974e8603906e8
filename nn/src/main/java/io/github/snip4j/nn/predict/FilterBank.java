package io.github.snip4j.nn.predict;

import io.github.snip4j.core.internal.backend.PanelPacking;

/**
 * The filters of a convolution, all of whose weights count, and where in the layout of a picture
 * lies what these meet.
 *
 * <p>What a way to compute it costs is counted in multiply-adds of a dense product, of which a core
 * does some hundred in a nanosecond. The factors were measured on the layers of VGG-like and of a
 * wide residual network.
 */
final class FilterBank {
  /** What it costs to read a weight from memory. */
  static final double READING = 10;

  final int groups;
  final int each; // filters of a group
  final int terms; // of an output: the taps of a filter
  final int[] offsets; // of each term, from the group's first channel on
  final float[] bias; // of each filter
  private final int channels; // of a group

  /**
   * @param shape {@code [out, in / groups, kH, kW]}
   */
  FilterBank(int[] shape, int groups, float[] bias, PaddedPhases layout) {
    this.groups = groups;
    this.each = shape[0] / groups;
    this.channels = shape[1];
    this.bias = bias;
    int kernel = shape[2] * shape[3];
    this.terms = channels * kernel;
    this.offsets = new int[terms];
    for (int p = 0; p < terms; p++) {
      int tap = p % kernel;
      offsets[p] = layout.tap(p / kernel, tap / shape[3], tap % shape[3]);
    }
  }

  /** The first channel that a group sees. */
  int firstChannel(int group) {
    return group * channels;
  }

  /** How many panels of so many filters a group takes. */
  int panels(int width) {
    return (each - 1) / width + 1;
  }

  /** How many weights there are in panels of so many filters. */
  int weights(int width) {
    return groups * panels(width) * terms * width;
  }

  /**
   * The weights as {@code [groups, terms / depth, panels, depth, width]}, with zeros for what the
   * last panel of a group has too many; the last of the blocks of terms may be shorter.
   *
   * @param w row-major
   * @param at where they begin
   */
  float[] packed(float[] w, int width, int depth, int at) {
    float[] packed = new float[at + weights(width)];
    int to = at;
    for (int group = 0; group < groups; group++) {
      for (int p = 0; p < terms; p += depth) {
        int count = Math.min(depth, terms - p);
        for (int panel = 0; panel < each; panel += width) {
          int from = (group * each + panel) * terms + p;
          int filters = Math.min(width, each - panel);
          PanelPacking.panel(w, from, 1, terms, count, filters, width, packed, to);
          to += count * width;
        }
      }
    }
    return packed;
  }
}
