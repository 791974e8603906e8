package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How connections moved while a network was trained.
 *
 * @param text what to know before
 * @param updates some of them, in order, as many as can be seen
 */
public record MovedConnections(String text, List<Update> updates) implements Section {
  /**
   * One update.
   *
   * @param epoch how often each training example was seen before
   * @param moved the share of the connections that are new since
   * @param everAlive the share of all positions at which a connection existed at some time
   */
  public record Update(double epoch, double moved, double everAlive) {}

  @Override
  public String heading() {
    return "How connections moved";
  }

  @Override
  public Html html() {
    return Html.fill(
        "<p>{{text}}</p>\n<div class=\"pair\">\n{{moved}}\n{{alive}}\n</div>",
        Map.of(
            "text",
            text,
            "moved",
            chart("Connections that an update moved, in %", "moved", u -> 100 * u.moved()),
            "alive",
            chart(
                "Places that ever had a connection, in %",
                "ever alive", u -> 100 * u.everAlive())));
  }

  private Html chart(String title, String name, ToDoubleFunction<Update> y) {
    Line line =
        new Line(
            name,
            updates.stream()
                .map(update -> new Line.Point(update.epoch(), y.applyAsDouble(update), 0))
                .toList());
    return new LineChart(title, "", "epoch", LineChart.Scale.PLAIN, 2, List.of(line))
        .chart()
        .html();
  }
}
