package io.github.snip4j.bench.report;

import java.util.List;

/**
 * A line in a chart.
 *
 * @param points ascending by x
 */
public record Line(String name, List<Point> points) {
  /**
   * One value.
   *
   * @param spread how far it is from y to either end of a whisker; 0 for none
   */
  public record Point(double x, double y, double spread) {}
}
