package io.github.snip4j.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as colours, by way of some colours that others lie between. */
final class Palette {
  /** From little to much: viridis, which keeps its order in grey and for the colour-blind. */
  static final Palette AMOUNT =
      new Palette(0x440154, 0x46327e, 0x365c8d, 0x277f8e, 0x1fa187, 0x4ac16d, 0xa0da39, 0xfde725);

  /** From minus to plus, white between: orange and blue, which everybody tells apart. */
  static final Palette SIGN =
      new Palette(0x8f3b00, 0xd9742b, 0xf2b98c, 0xffffff, 0x9cc3ec, 0x3a86d8, 0x0b3f8a);

  private static final int OPAQUE = 0xff << 24;

  private final List<Integer> stops;

  private Palette(Integer... stops) {
    this.stops = List.of(stops);
  }

  /**
   * The colour of a place.
   *
   * @param place from 0 to 1; what lies beyond is taken for the end
   */
  int at(double place) {
    double scaled = Math.max(0, Math.min(1, place)) * (stops.size() - 1);
    int low = Math.min((int) scaled, stops.size() - 2);
    double share = scaled - low;
    int colour = OPAQUE;
    for (int shift = 0; shift <= 16; shift += 8) {
      int a = stops.get(low) >> shift & 0xff;
      int b = stops.get(low + 1) >> shift & 0xff;
      colour |= (int) Math.round(a + share * (b - a)) << shift;
    }
    return colour;
  }

  /** All of it from left to right, for a style sheet. */
  String gradient() {
    return stops.stream()
        .map(stop -> String.format(Locale.ROOT, "#%06x", stop))
        .collect(Collectors.joining(",", "linear-gradient(90deg,", ")"));
  }
}
