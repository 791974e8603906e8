package io.github.snip4j.bench.summary;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;

/** What the sparse kernels gain over the dense ones, and products over jblas, in one run of JMH. */
public final class Ratios {
  private Ratios() {}

  /** Prints a line for each result that has something to be compared with. */
  public static void print(Collection<RunResult> results, PrintWriter out) {
    Figures figures =
        new Figures(
            results.stream()
                .filter(Figure::isIn)
                .map(result -> Figure.of(Job.of(result.getParams()), result))
                .toList());
    figures.all().stream()
        .filter(figure -> figures.speedUp(figure.job()).isPresent())
        .forEach(figure -> out.println(line(figure, figures)));
  }

  private static String line(Figure figure, Figures figures) {
    Job job = figure.job();
    return String.format(
        Locale.ROOT,
        "%s: %.1f GFLOP/s, %.2fx of %s",
        job,
        figure.gflops(),
        figures.speedUp(job).orElse(Double.NaN),
        job.baseline().map(Job::parameterText).orElse(""));
  }
}
