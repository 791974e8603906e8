package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.internal.parallel.PieceTimes;
import java.util.Arrays;

/**
 * What more threads would give a training step, by {@link PieceTimes}, beside what two do give.
 *
 * @param one milliseconds of a step on one thread
 * @param two the same on two
 * @param pieces of the step on one thread that was disturbed least
 * @param handOver nanoseconds to hand pieces over
 */
public record Scaling(double one, double two, PieceTimes pieces, double handOver) {
  private static final int ROUNDS = 7;
  private static final int WARM_UP = 12; // rounds
  private static final int EMPTY = 20_000;

  /**
   * Measures, for forty times as long as a round.
   *
   * @param workload as {@link Workload} reads it, in {@code variant} likewise
   * @param round seconds; half a second is enough for networks that take less for a step
   */
  public static Scaling of(String workload, String variant, double round) {
    Workload of = Workload.of(workload);
    var network = of.network(variant);
    Steps steps = new Steps(network, of.examples(network), TrainingStepBenchmark.RATE);
    milliseconds(steps, 1, WARM_UP * round);
    milliseconds(steps, 2, WARM_UP / 2 * round);
    double[] one = new double[ROUNDS];
    double[] two = new double[ROUNDS];
    PieceTimes least = PieceTimes.of(steps::next);
    for (int i = 0; i < ROUNDS; i++) {
      one[i] = milliseconds(steps, 1, round);
      two[i] = milliseconds(steps, 2, round);
      for (long end = end(round); System.nanoTime() < end; ) {
        PieceTimes pieces = PieceTimes.of(steps::next);
        least = pieces.whole() < least.whole() ? pieces : least;
      }
    }
    return new Scaling(median(one), median(two), least, emptyPieces());
  }

  /** How many times as fast some threads would be as one. */
  public double speedup(int threads) {
    return pieces.whole() / pieces.on(threads, handOver);
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
