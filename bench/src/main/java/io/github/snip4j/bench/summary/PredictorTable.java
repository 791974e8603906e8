package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One answer of a service: the time in each library, for one thread that asks and for eight. */
final class PredictorTable {
  private static final List<String> HEAD =
      List.of(
          "network-sparsity-batch",
          "computed by",
          "median, µs",
          "99th percentile",
          "eight threads: median",
          "99th percentile",
          "median over that of snip4j, sparse");

  private PredictorTable() {}

  /** Who computes: a name, and the job with one thread that asks, or with eight. */
  private record Way(String name, Job one, Job eight) {}

  private static List<Way> ways(String workload) {
    Start one = Start.ONE_THREAD;
    Start eight = Start.EIGHT_ASKING;
    List<Way> ways = new ArrayList<>();
    for (String variant : List.of("sparse", "dense")) {
      ways.add(
          new Way(
              "snip4j, " + variant,
              Job.predictor(workload, variant, one),
              Job.predictor(workload, variant, eight)));
    }
    ways.add(
        new Way(
            "CSR loop by hand, sparse",
            Job.csrPredictor(workload, one),
            Job.csrPredictor(workload, eight)));
    for (String library : Plan.PREDICTING_PEERS) {
      ways.add(
          new Way(
              library + ", dense",
              Job.peerPredictor(workload, library, one),
              Job.peerPredictor(workload, library, eight)));
    }
    return ways;
  }

  /** The networks and libraries of which anything was measured. */
  static Table of(Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    for (String workload : Plan.PREDICTED) {
      List<Way> ways = ways(workload);
      for (Way way : ways) {
        rows.add(
            List.of(
                workload,
                way.name,
                microseconds(figures.microseconds(way.one), figures.spread(way.one)),
                microseconds(figures.tail(way.one), Double.NaN),
                microseconds(figures.microseconds(way.eight), figures.spread(way.eight)),
                microseconds(figures.tail(way.eight), Double.NaN),
                times(figures.speedUp(ways.get(0).one, way.one))));
      }
    }
    rows.removeIf(row -> row.stream().skip(2).allMatch("-"::equals));
    return new Table("One example at a time, microseconds", 2, HEAD, rows);
  }

  private static String microseconds(double time, double spread) {
    return Double.isNaN(time)
        ? "-"
        : String.format(Locale.ROOT, time < 100 ? "%.1f" : "%.0f", time) + Spread.text(spread);
  }

  private static String times(double ratio) {
    return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2fx", ratio);
  }
}
