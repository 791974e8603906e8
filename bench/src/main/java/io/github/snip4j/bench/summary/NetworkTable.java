package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whole networks, a row each: the time in PyTorch and in each of our ways, side by side. */
final class NetworkTable {
  private static final List<String> HEAD =
      List.of(
          "work",
          "network-sparsity-batch",
          "PyTorch",
          "dense",
          "masked",
          "sparse",
          "dense against PyTorch",
          "sparse against dense",
          "sparse against PyTorch");

  private NetworkTable() {}

  /** The networks of which anything was measured. */
  static Table of(Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    Stream.concat(Plan.TRAINING.stream(), Plan.MORE_TRAINING.stream())
        .map(
            workload ->
                row(
                    "training step",
                    workload,
                    Job.peerTraining(workload),
                    variant -> Job.training(workload, variant, Start.TWO_THREADS),
                    figures))
        .forEach(rows::add);
    for (String workload : Plan.INFERENCE) {
      rows.add(
          row(
              "inference",
              workload,
              Job.peerInference(workload),
              variant -> Job.inference(workload, variant),
              figures));
    }
    rows.removeIf(row -> row.stream().skip(2).allMatch("-"::equals));
    return new Table("Whole networks, two threads, milliseconds", 2, HEAD, rows);
  }

  private static List<String> row(
      String work, String workload, Job peer, Function<String, Job> ours, Figures figures) {
    Job dense = ours.apply("dense");
    Job sparse = ours.apply("sparse");
    return List.of(
        work,
        workload,
        milliseconds(peer, figures),
        milliseconds(dense, figures),
        milliseconds(ours.apply("masked"), figures),
        milliseconds(sparse, figures),
        times(figures.speedUp(dense, peer)),
        times(figures.speedUp(sparse, dense)),
        times(figures.speedUp(sparse, peer)));
  }

  private static String milliseconds(Job job, Figures figures) {
    double time = figures.microseconds(job) / 1_000;
    return Double.isNaN(time)
        ? "-"
        : String.format(Locale.ROOT, time < 10 ? "%.3f" : "%.1f", time)
            + Spread.text(figures.spread(job));
  }

  private static String times(double ratio) {
    return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2fx", ratio);
  }
}
