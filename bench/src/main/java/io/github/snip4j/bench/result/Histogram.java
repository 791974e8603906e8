package io.github.snip4j.bench.result;

import io.github.snip4j.nn.Mask;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How many connections have which score, on a logarithmic scale whose bars are all of one width.
 * The cut lies between two bars.
 *
 * @param low where the first bar begins, as a power of ten
 * @param width of a bar, likewise
 * @param kept how many connections stay, bar by bar
 * @param pruned how many go
 * @param below how many of all these have a score below the first bar, which has them nevertheless
 * @param zeros how many connections have score 0, and are in no bar
 * @param negative how many have a score below 0, and are in no bar
 * @param cut the smallest score that is kept
 */
public record Histogram(
    double low,
    double width,
    List<Integer> kept,
    List<Integer> pruned,
    int below,
    int zeros,
    int negative,
    double cut) {
  private static final int BARS = 64;

  /** Nothing may be missing. */
  public Histogram {
    Objects.requireNonNull(kept, "kept");
    Objects.requireNonNull(pruned, "pruned");
  }

  /** The scores by which these masks were chosen. */
  public static Histogram of(Scores scores, Masks masks) {
    ScoreRange range = ScoreRange.of(scores, masks);
    double low = Math.log10(range.lowest());
    double high = Math.log10(range.highest());
    double width = high > low ? (high - low) / BARS : 1;
    // Bars are counted from the cut on, so that no rounding carries a score across it.
    double cut = range.cut() > 0 ? Math.log10(range.cut()) : low;
    int barsBelow = Math.max(0, (int) Math.ceil((cut - low) / width));
    int bars = barsBelow + (int) Math.floor((high - cut) / width) + 1;
    int[] kept = new int[bars];
    int[] pruned = new int[bars];
    int below = 0;
    int zeros = 0;
    int negative = 0;
    for (String name : scores.names()) {
      Mask mask = masks.of(name);
      float[] values = scores.of(name).toArray();
      for (int i = 0; i < values.length; i++) {
        if (values[i] > 0) {
          int bar = barsBelow + (int) Math.floor((Math.log10(values[i]) - cut) / width);
          below += bar < 0 ? 1 : 0;
          (mask.keeps(i) ? kept : pruned)[Math.max(0, bar)]++;
        } else if (values[i] < 0) {
          negative++;
        } else {
          zeros++;
        }
      }
    }
    return new Histogram(
        cut - barsBelow * width,
        width,
        list(kept),
        list(pruned),
        below,
        zeros,
        negative,
        range.cut());
  }

  private static List<Integer> list(int[] counts) {
    return IntStream.of(counts).boxed().toList();
  }
}
