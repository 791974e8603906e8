package io.github.snip4j.core.internal.parallel;

import java.util.function.IntConsumer;

/**
 * Runs the independent pieces of one computation on the engine's threads.
 *
 * <p>The caller says how many pieces there are, by the shapes alone; threads only decide who
 * computes which. As each piece writes outputs of its own, the result has the same bits for any
 * number of threads.
 *
 * <p>{@code -Dsnip4j.threads=N} sets the number, the caller included; the default is the number of
 * processors. It is read once, at first use. Several programs' threads may call at the same time:
 * one of them gets the workers, the others compute their pieces themselves.
 */
public final class Parallel {
  /** The system property with the number of threads. */
  public static final String THREADS_PROPERTY = "snip4j.threads";

  private static final WorkerPool POOL = new WorkerPool(threadsFromProperty());

  private Parallel() {}

  /** The number of threads that compute, the caller included. */
  public static int threads() {
    return POOL.threads();
  }

  /**
   * Runs {@code body} for 0 .. pieces-1, each once, in any order, and returns when all are done.
   *
   * @throws RuntimeException what a piece threw, the first to do so
   */
  public static void forEach(int pieces, IntConsumer body) {
    POOL.forEach(pieces, body);
  }

  /** A body that takes the half-open range {@code [from, to)}. */
  @FunctionalInterface
  public interface RangeBody {
    void run(int from, int to);
  }

  /**
   * Splits {@code [0, n)} into ranges of {@code grain} (the last may be shorter) and runs each.
   *
   * @param grain elements per piece: enough to be worth a hand-over, about 50 microseconds of work
   */
  public static void forRange(int n, int grain, RangeBody body) {
    if (n <= grain) {
      if (n > 0) {
        body.run(0, n);
      }
      return;
    }
    int pieces = (n - 1) / grain + 1;
    forEach(pieces, p -> body.run(p * grain, (int) Math.min(n, (long) (p + 1) * grain)));
  }

  private static int threadsFromProperty() {
    Integer asked = Integer.getInteger(THREADS_PROPERTY);
    return asked == null
        ? Runtime.getRuntime().availableProcessors()
        : Math.max(1, Math.min(asked, 1024));
  }
}
