package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.internal.parallel.PieceTimes;
import java.util.Arrays;

/**
 * What more threads would give a training step, by {@link PieceTimes}, beside what two do give.
 *
 * @param one milliseconds of a step on one thread
 * @param two the same on two
 * @param least nanoseconds of the step on one thread that was disturbed least
 * @param pieces of the step that was cut for several threads, and disturbed least
 * @param handOver nanoseconds to hand pieces over
 */
public record Scaling(double one, double two, double least, PieceTimes pieces, double handOver) {
  private static final int ROUNDS = 7;
  private static final int WARM_UP = 12; // rounds
  private static final int EMPTY = 20_000;

  /**
   * Measures, for forty times as long as a round.
   *
   * @param workload as {@link Workload} reads it, in {@code variant} likewise
   * @param round seconds; a network whose step takes longer is measured one step at a time
   */
  public static Scaling of(String workload, String variant, double round) {
    Workload of = Workload.of(workload);
    var network = of.network(variant);
    Steps steps = new Steps(network, of.examples(network), TrainingStepBenchmark.RATE);
    milliseconds(steps, 1, WARM_UP * round);
    milliseconds(steps, 2, WARM_UP / 2 * round);
    double[] one = new double[ROUNDS];
    double[] two = new double[ROUNDS];
    double whole = Double.POSITIVE_INFINITY;
    PieceTimes least = PieceTimes.of(steps::next);
    for (int i = 0; i < ROUNDS; i++) {
      one[i] = milliseconds(steps, 1, round);
      two[i] = milliseconds(steps, 2, round);
      for (long end = end(round); System.nanoTime() < end; ) {
        PieceTimes pieces = PieceTimes.of(steps::next);
        least = pieces.whole() < least.whole() ? pieces : least;
        whole = Math.min(whole, Parallel.withOwnThreads(1, () -> nanoseconds(steps)));
      }
    }
    return new Scaling(median(one), median(two), whole, least, emptyPieces());
  }

  /**
   * Checks that there is such a workload.
   *
   * @throws IllegalArgumentException what is wrong with its name
   */
  public static void check(String workload) {
    Workload.of(workload).network("dense");
  }

  /** How many times as fast some threads would be as one, both where they are disturbed least. */
  public double speedup(int threads) {
    return least / pieces.on(threads, handOver);
  }

  private static double milliseconds(Steps steps, int threads, double seconds) {
    return Parallel.withOwnThreads(
        threads,
        () -> {
          int count = 0;
          long begin = System.nanoTime();
          for (long end = end(seconds); count == 0 || System.nanoTime() < end; count++) {
            steps.next();
          }
          return (System.nanoTime() - begin) / 1e6 / count;
        });
  }

  private static double nanoseconds(Steps steps) {
    long begin = System.nanoTime();
    steps.next();
    return System.nanoTime() - begin;
  }

  /** What pieces cost that do nothing. */
  private static double emptyPieces() {
    return Parallel.withOwnThreads(
        2,
        () -> {
          double[] times = new double[EMPTY];
          for (int i = 0; i < EMPTY; i++) {
            long begin = System.nanoTime();
            Parallel.forEach(2, piece -> {});
            times[i] = System.nanoTime() - begin;
          }
          return median(times);
        });
  }

  private static long end(double seconds) {
    return System.nanoTime() + (long) (seconds * 1e9);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
