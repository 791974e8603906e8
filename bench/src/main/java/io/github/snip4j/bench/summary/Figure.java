package io.github.snip4j.bench.summary;

import java.util.Objects;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What was measured: medians over the iterations of all forks.
 *
 * @param perNanosecond operations per nanosecond
 * @param gflops GFLOP/s of useful arithmetic
 * @param low the slowest iteration's GFLOP/s
 * @param high the fastest one's
 * @param bytes allocated per operation; NaN if that was not asked for
 */
public record Figure(
    Job job, double perNanosecond, double gflops, double low, double high, double bytes) {

  /** One result of JMH's, of a benchmark with the counter {@code flops} in operations per ns. */
  static Figure of(Job job, RunResult result) {
    Result<?> flops = Objects.requireNonNull(result.getSecondaryResults().get("flops"), "flops");
    Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return new Figure(
        job,
        median(result.getPrimaryResult()),
        median(flops),
        flops.getStatistics().getMin(),
        flops.getStatistics().getMax(),
        bytes == null ? Double.NaN : median(bytes));
  }

  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }

  /** Whether JMH's result has the counter, and so a figure. */
  static boolean isIn(RunResult result) {
    return result.getSecondaryResults().containsKey("flops");
  }

  double microseconds() {
    return 1e-3 / perNanosecond;
  }
}
