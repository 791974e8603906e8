package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.cli.screen.ConsoleReport;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.summary.Commands;
import io.github.snip4j.bench.summary.Figure;
import io.github.snip4j.bench.summary.Figures;
import io.github.snip4j.bench.summary.Job;
import io.github.snip4j.bench.summary.Measuring;
import io.github.snip4j.bench.summary.Place;
import io.github.snip4j.bench.summary.Plan;
import io.github.snip4j.bench.summary.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code bench --summary}: measures, with a line per figure, and writes. */
final class SummaryRun {
  private static final int MOST_JAVAS = 100;

  private final List<Job> jobs;
  private final @Nullable Path out;
  private final @Nullable Integer javas;

  /**
   * Chooses what to measure.
   *
   * @param arguments none; {@code kernels}, {@code products}, {@code networks}, {@code predictor}
   *     or {@code runs}; or a regular expression that a job's name must contain
   * @param javas how many measure each figure; null: few, as it is to be short
   */
  SummaryRun(List<String> arguments, @Nullable Path out, @Nullable Integer javas) {
    if (arguments.size() > 1) {
      throw new UserError(
          "bench --summary: "
              + arguments.get(1)
              + ": expected at most one REGEX; JMH's options are"
              + " for the benchmarks themselves");
    }
    jobs = arguments.isEmpty() ? Plan.jobs() : chosen(arguments.get(0));
    this.out = out;
    if (javas != null && (javas < 1 || javas > MOST_JAVAS)) {
      throw new UserError(
          "bench --summary: --javas " + javas + ": expected a number from 1 to " + MOST_JAVAS);
    }
    this.javas = javas;
  }

  private static List<Job> chosen(String regex) {
    if (regex.equals("kernels")) {
      return Plan.kernels();
    }
    if (regex.equals("networks")) {
      return Plan.networks();
    }
    if (regex.equals("products")) {
      return Plan.products();
    }
    if (regex.equals("runs")) {
      return Plan.runs();
    }
    if (regex.equals("predictor")) {
      return Plan.predictors();
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new UserError(
          "bench --summary: " + regex + ": " + e.getDescription() + ": expected a REGEX");
    }
    List<Job> jobs =
        Stream.of(Plan.kernels(), Plan.networks(), Plan.predictors(), Plan.runs())
            .flatMap(List::stream)
            .distinct()
            .filter(job -> pattern.matcher(job.toString()).find())
            .toList();
    if (jobs.isEmpty()) {
      throw new UserError(
          "bench --summary: " + regex + ": nothing is called so, as GemmBenchmark.multiply is");
    }
    return jobs;
  }

  int run(CommandLine command) throws IOException {
    PrintWriter err = command.getErr();
    try (RunFolder folder = out == null ? RunFolder.create("summary") : RunFolder.open(out)) {
      return run(command, err, folder);
    }
  }

  private int run(CommandLine command, PrintWriter err, RunFolder folder) throws IOException {
    long start = System.nanoTime();
    Place place = Place.here(LocalDate.now(ZoneId.systemDefault()).toString());
    Measuring shortly = Measuring.shortly(place.coreType());
    Measuring measuring = javas == null ? shortly : shortly.with(javas);
    Commands commands = new Commands(Snip4j.class, measuring.forks());
    List<Figure> figures = new ArrayList<>();
    Set<String> problems = new LinkedHashSet<>();
    for (int i = 0; i < jobs.size(); i++) {
      Job job = jobs.get(i);
      Measuring.Outcome outcome = job.isOfRun() ? commands.run(job) : measuring.run(job);
      outcome.figure().ifPresent(figures::add);
      if (outcome.figure().isEmpty()) {
        boolean there = !outcome.problem().equals(Measuring.NOT_IN_BUILD);
        problems.add((there ? job : job.benchmark()) + ": " + outcome.problem());
      }
      String result =
          outcome.figure().map(Figure::text).orElse("not measured: " + outcome.problem());
      err.printf(Locale.ROOT, "%3d of %d  %s: %s%n", i + 1, jobs.size(), job, result);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Summary summary = new Summary(place, new Figures(figures), List.copyOf(problems), took);
    Path target = folder.path();
    folder.write(
        () -> {
          summary.write(target);
          return target;
        });
    try {
      folder.write(() -> summary.writePage(target));
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      new ConsoleReport(command.getOut(), err).noPage(Summary.page(target), e);
    }
    command.getOut().println("Written: " + target.resolve("summary.md") + " (.csv, .html)");
    return 0;
  }
}
