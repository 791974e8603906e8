package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How the networks learned.
 *
 * @param text what to know before
 * @param trainings the pruned network's first
 */
public record Learning(String text, List<Training> trainings) implements Section {
  /**
   * How one network learned.
   *
   * @param name in a word
   */
  public record Training(String name, List<Point> points) {}

  /**
   * How far it had come at one time.
   *
   * @param epoch how often each training example was seen
   * @param error on validation data, a share
   * @param loss mean over training batches since the point before
   */
  public record Point(double epoch, double error, double loss) {}

  @Override
  public String heading() {
    return "How it learned";
  }

  @Override
  public Html html() {
    return Html.fill(
        "<p>{{text}}</p>\n<div class=\"pair\">\n{{error}}\n{{loss}}\n</div>",
        Map.of(
            "text", text,
            "error", chart("Error on validation examples, in %", 2, p -> 100 * p.error()),
            "loss", chart("Loss on training examples", 4, Point::loss)));
  }

  private Html chart(String title, int digits, ToDoubleFunction<Point> y) {
    List<Line> lines =
        trainings.stream()
            .map(
                training ->
                    new Line(
                        training.name(),
                        training.points().stream()
                            .map(p -> new Line.Point(p.epoch(), y.applyAsDouble(p), 0))
                            .toList()))
            .toList();
    return new LineChart(title, "", "epoch", LineChart.Scale.PLAIN, digits, lines).chart().html();
  }
}
