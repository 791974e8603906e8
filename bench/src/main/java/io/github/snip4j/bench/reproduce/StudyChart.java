package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.report.Line;
import io.github.snip4j.bench.report.LineChart;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What is drawn of a study's runs. */
final class StudyChart {
  private StudyChart() {}

  /** The chart; none where nothing is to be drawn or no run is finished. */
  static Optional<LineChart> of(Study study, List<RowOutcome> outcomes) {
    boolean needsFolders = study.chart() == Study.ChartKind.LOSS_OVER_STEPS;
    List<RowOutcome> done =
        outcomes.stream()
            .filter(o -> needsFolders ? !o.results().isEmpty() : o.seeds() > 0)
            .toList();
    if (study.chart() == null || done.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (study.chart()) {
          case ERROR_OVER_SPARSITY ->
              errors("pruned, in %", done, row -> 100 * number(row, "--sparsity"));
          case ERROR_OVER_BATCH ->
              errors(
                  "examples, as a power of ten",
                  done,
                  row -> Math.log10(number(row, "--sensitivity-batch")));
          case LOSS_OVER_STEPS -> losses(done);
        });
  }

  private static double number(Row row, String option) {
    return Double.parseDouble(row.option(option));
  }

  private static LineChart errors(String x, List<RowOutcome> outcomes, ToDoubleFunction<Row> at) {
    Map<String, List<Line.Point>> ours = new LinkedHashMap<>();
    Map<String, List<Line.Point>> paper = new LinkedHashMap<>();
    for (RowOutcome outcome : outcomes) {
      Spread error = outcome.pruned();
      double place = Math.round(1e6 * at.applyAsDouble(outcome.row())) / 1e6;
      double deviation = error.deviation() == null ? 0 : error.deviation();
      String model = outcome.row().option("--model");
      ours.computeIfAbsent(model + ", here", name -> new ArrayList<>())
          .add(new Line.Point(place, error.mean(), deviation));
      Double published = outcome.row().published().paper();
      if (published != null) {
        paper
            .computeIfAbsent(model + ", the paper", name -> new ArrayList<>())
            .add(new Line.Point(place, published, 0));
      }
    }
    List<Line> lines = new ArrayList<>();
    ours.forEach((name, points) -> lines.add(new Line(name, points)));
    paper.forEach((name, points) -> lines.add(new Line(name, points)));
    return new LineChart(
        "Test error, in %",
        "A whisker reaches from one standard deviation below the mean to one above it.",
        x,
        LineChart.Scale.PLAIN,
        2,
        lines);
  }

  /** Of the first seed. */
  private static LineChart losses(List<RowOutcome> outcomes) {
    List<Line> lines = new ArrayList<>();
    for (RowOutcome outcome : outcomes) {
      RunResult first = outcome.results().get(0);
      lines.add(loss("pruned, " + outcome.row().label(), first.pruned()));
      TrainingResult dense = first.dense();
      if (dense != null) {
        lines.add(loss("dense, " + outcome.row().label(), dense));
      }
    }
    return new LineChart(
        "Training loss", "Of the first seed.", "step", LineChart.Scale.PLAIN, 3, lines);
  }

  private static Line loss(String name, TrainingResult training) {
    return new Line(
        name,
        training.curve().stream()
            .map(point -> new Line.Point(point.step(), point.trainingLoss(), 0))
            .toList());
  }
}
