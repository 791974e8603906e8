package io.github.snip4j.bench.summary;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Made-up results: every job of the plan, as if it had been measured. */
final class Figured {
  private static final double NONE = Double.NaN;
  private static final Place PLACE =
      new Place(
          "Test & <Proof> processor",
          2,
          "Linux amd64",
          "17.0.15 (Vendor)",
          "simd, 16 lanes",
          "SkylakeX",
          "2026-01-02");

  private Figured() {}

  /** The summary of all jobs, of which some miss their targets. */
  static Summary summary() {
    List<Figure> figures = new ArrayList<>();
    Stream.of(Plan.jobs(), Plan.predictors())
        .flatMap(List::stream)
        .filter(job -> !job.benchmark().startsWith("Peer"))
        .map(Figured::figure)
        .forEach(figures::add);
    List<String> problems = List.of("PeerGemmBenchmark.multiply: is not in this build");
    return new Summary(PLACE, new Figures(figures), problems, Duration.ofSeconds(500));
  }

  private static Figure figure(Job job) {
    double gflops = gflops(job);
    return figure(job, gflops / arithmetic(job), gflops);
  }

  static Figure figure(Job job, double perNanosecond, double gflops) {
    return job.isOfPredictor() || job.isOfStart()
        ? new Figure(job, 1 / 12_340.0, NONE, NONE, NONE, NONE, 45.6, 0.07)
        : new Figure(job, perNanosecond, gflops, 0.9 * gflops, 1.1 * gflops, 2_500, NONE, 0.03);
  }

  private static double gflops(Job job) {
    double threads = job.start() == Start.TWO_THREADS ? 1.9 : 1;
    return switch (job.parameters().getOrDefault("backend", job.benchmark())) {
      case "simd" -> 90 * threads;
      case "jblas" -> job.start() == Start.CORE_TYPE ? 60 : 33;
      case "scalar" -> 5; // more than three times slower
      case "SparseProductBenchmark.multiply" ->
          isDense(job) ? 80 : job.parameters().containsValue("1024x1024") ? 25 : 35;
      case "SparseProductBenchmark.sampled" -> 20;
      default -> job.parameters().containsValue("snip") ? 40 : 85;
    };
  }

  private static double arithmetic(Job job) {
    double kept = 1 - Double.parseDouble(job.parameters().getOrDefault("sparsity", "0")) / 100;
    boolean snip = job.parameters().containsValue("snip");
    return 1e6 * kept * (snip ? 0.05 : 1);
  }

  private static boolean isDense(Job job) {
    return "0".equals(job.parameters().get("sparsity"));
  }
}
