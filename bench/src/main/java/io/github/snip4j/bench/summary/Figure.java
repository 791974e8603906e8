package io.github.snip4j.bench.summary;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What was measured: each Java has a median over its iterations, or over its calls where they are
 * timed one by one; the figure is the median of these.
 *
 * @param perNanosecond operations per nanosecond
 * @param gflops GFLOP/s of useful arithmetic; NaN where that is not counted
 * @param low the slowest iteration's GFLOP/s
 * @param high the fastest one's
 * @param bytes allocated per operation; NaN if that was not asked for
 * @param tail microseconds within which 99 of 100 calls are done; NaN if they are not timed one by
 *     one
 * @param spread how far a Java's median is from the figure at most, as a share of it; NaN if there
 *     was one Java alone
 */
public record Figure(
    Job job,
    double perNanosecond,
    double gflops,
    double low,
    double high,
    double bytes,
    double tail,
    double spread) {

  /**
   * One result of JMH's: of a benchmark in operations per nanosecond with the counter {@code
   * flops}, or of one whose calls are timed, in microseconds.
   */
  static Figure of(Job job, RunResult result) {
    boolean calls = result.getParams().getMode() == Mode.SampleTime;
    boolean times = calls || result.getParams().getMode() == Mode.SingleShotTime;
    double[] rates =
        ofEachJava(
            result,
            BenchmarkResult::getPrimaryResult,
            times ? time -> 1e-3 / median(time) : Figure::median);
    double rate = median(rates);
    double farthest = Arrays.stream(rates).map(one -> Math.abs(one / rate - 1)).max().orElse(0);
    Result<?> flops = result.getSecondaryResults().get("flops");
    return new Figure(
        job,
        rate,
        median(secondary(result, "flops")),
        flops == null ? Double.NaN : flops.getStatistics().getMin(),
        flops == null ? Double.NaN : flops.getStatistics().getMax(),
        median(secondary(result, "gc.alloc.rate.norm")),
        calls ? result.getPrimaryResult().getStatistics().getPercentile(99) : Double.NaN,
        rates.length > 1 ? farthest : Double.NaN);
  }

  private static double[] secondary(RunResult result, String name) {
    return result.getSecondaryResults().containsKey(name)
        ? ofEachJava(result, java -> java.getSecondaryResults().get(name), Figure::median)
        : new double[0];
  }

  private static double[] ofEachJava(
      RunResult result,
      Function<BenchmarkResult, @Nullable Result<?>> which,
      ToDoubleFunction<Result<?>> value) {
    Collection<BenchmarkResult> javas = result.getBenchmarkResults();
    return javas.stream()
        .map(which)
        .filter(one -> one != null)
        .mapToDouble(value)
        .sorted()
        .toArray();
  }

  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }

  /** NaN of none. */
  static double median(double[] ascending) {
    int n = ascending.length;
    return n == 0 ? Double.NaN : (ascending[(n - 1) / 2] + ascending[n / 2]) / 2;
  }

  /** Whether JMH's result has the counter, so that there is a rate to compare. */
  static boolean isIn(RunResult result) {
    return result.getSecondaryResults().containsKey("flops");
  }

  double microseconds() {
    return 1e-3 / perNanosecond;
  }

  /** In a few words, as in {@code 42.0 GFLOP/s} or {@code 2.1 µs, 99 of 100 within 2.4}. */
  public String text() {
    if (!Double.isNaN(gflops)) {
      return String.format(Locale.ROOT, "%.1f GFLOP/s", gflops);
    }
    String time =
        microseconds() < 1e6
            ? String.format(Locale.ROOT, "%.1f µs", microseconds())
            : String.format(Locale.ROOT, "%.2f s", 1e-6 * microseconds());
    return Double.isNaN(tail)
        ? time
        : time + String.format(Locale.ROOT, ", 99 of 100 within %.1f", tail);
  }
}
