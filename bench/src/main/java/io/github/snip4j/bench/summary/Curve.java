package io.github.snip4j.bench.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much faster the sparse product is than the dense one, over sparsity.
 *
 * @param layer outputs x inputs
 * @param points ascending; those that were measured
 */
public record Curve(String layer, List<Point> points) {
  private static final double LOWEST = Double.parseDouble(Plan.SPARSITIES.get(0));

  /**
   * One sparsity.
   *
   * @param sparsity in per cent
   */
  public record Point(double sparsity, double speedUp) {}

  static Curve of(String layer, Figures figures) {
    List<Point> points = new ArrayList<>();
    for (String sparsity : Plan.SPARSITIES) {
      Job job = Job.sparse("multiply", layer, sparsity);
      figures
          .speedUp(job)
          .ifPresent(ratio -> points.add(new Point(Double.parseDouble(sparsity), ratio)));
    }
    return new Curve(layer, points);
  }

  /**
   * The sparsity in per cent from which on the sparse product is the faster one: its share of the
   * dense one's time is taken to be linear between two that were measured. The first of these if it
   * is faster there already; infinite if it never is; NaN if the lowest was not measured.
   */
  public double breakEven() {
    if (points.isEmpty() || points.get(0).sparsity() > LOWEST) {
      return Double.NaN;
    }
    int last = points.size() - 1;
    if (points.get(last).speedUp() < 1) {
      return Double.POSITIVE_INFINITY;
    }
    int i = last;
    while (i > 0 && points.get(i - 1).speedUp() >= 1) {
      i--;
    }
    return i == 0 ? points.get(0).sparsity() : crossing(points.get(i - 1), points.get(i));
  }

  private static double crossing(Point slower, Point faster) {
    double before = 1 / slower.speedUp();
    double after = 1 / faster.speedUp();
    double share = (before - 1) / (before - after);
    return slower.sparsity() + share * (faster.sparsity() - slower.sparsity());
  }

  /** Whether it was faster already at the lowest sparsity, so that the break-even lies below it. */
  public boolean fasterThroughout() {
    return !points.isEmpty() && breakEven() == points.get(0).sparsity();
  }

  /**
   * The sparsity of break-even, as in {@code 58 %}, {@code < 50 %}, {@code none}, or {@code -} if
   * that is not known.
   */
  String breakEvenText() {
    double at = breakEven();
    return Double.isNaN(at)
        ? "-"
        : Double.isFinite(at)
            ? String.format(Locale.ROOT, "%s%.0f %%", fasterThroughout() ? "< " : "", at)
            : "none";
  }
}
