package io.github.snip4j.core.internal.parallel;

import io.github.snip4j.core.internal.checks.SettingException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the independent pieces of one computation on the engine's threads.
 *
 * <p>The caller says how many pieces there are, by the shapes alone; threads only decide who
 * computes which. As each piece writes outputs of its own, the result has the same bits for any
 * number of threads.
 *
 * <p>{@code -Dsnip4j.threads=N} sets the number, the caller included; the default is the number of
 * processors. A worker that has run out of work spins before it sleeps, where jobs follow each
 * other fast enough for that to pay: up to 50 microseconds, or what {@code -Dsnip4j.spin} says; 0
 * forbids it, for programs that would rather have the processor time than the speed. Both are read
 * once, at first use. Several programs' threads may call at the same time: one of them gets the
 * workers, the others compute their pieces themselves.
 *
 * <p>Workers' threads end after a second without work, and are started again when there is some.
 */
public final class Parallel {
  /** The system property with the number of threads. */
  public static final String THREADS_PROPERTY = "snip4j.threads";

  /** The system property with the microseconds that an idle worker spins at most. */
  public static final String SPIN_PROPERTY = "snip4j.spin";

  private static final long IDLE = 1_000_000_000; // nanoseconds

  private static final ThreadSettings SETTINGS =
      ThreadSettings.of(
          System.getProperty(THREADS_PROPERTY),
          System.getProperty(SPIN_PROPERTY),
          Runtime.getRuntime().availableProcessors());

  private static final WorkerPool POOL =
      new WorkerPool(SETTINGS.threads(), SETTINGS.spinNanos(), IDLE);

  /**
   * Who computes for a thread whose task has threads of its own, and for threads that it starts.
   */
  private static final ThreadLocal<@Nullable PieceRunner> OWN = new InheritableThreadLocal<>();

  private Parallel() {}

  private static PieceRunner runner() {
    PieceRunner own = OWN.get();
    return own == null ? POOL : own;
  }

  /**
   * Checks what the system properties say; so does each use.
   *
   * @throws IllegalStateException if one is wrong: which, and what would be right
   */
  public static void check() {
    if (SETTINGS.mistake() != null) {
      throw new SettingException(SETTINGS.mistake());
    }
  }

  /**
   * The number of threads that compute what this thread asks for, itself included; errors as {@link
   * #check}.
   */
  public static int threads() {
    check();
    return runner().threads();
  }

  /**
   * Runs {@code body} for 0 .. pieces-1, each once, in any order, and returns when all are done.
   *
   * @throws RuntimeException what a piece threw, the first to do so
   */
  public static void forEach(int pieces, IntConsumer body) {
    check();
    runner().forEach(pieces, body);
  }

  /** Something to compute, with a result. */
  @FunctionalInterface
  public interface Task<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Runs a task on this thread, whose computations have threads of their own: several tasks are
   * then computed side by side, and none waits for the engine's workers. Threads that the task
   * starts compute on its threads too.
   *
   * @param threads for it, the caller included
   * @throws IllegalArgumentException if there are none
   */
  public static <T, E extends Exception> T withOwnThreads(int threads, Task<T, E> task) throws E {
    check();
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads: expected 1 or more");
    }
    return with(new WorkerPool(threads, SETTINGS.spinNanos(), IDLE), task);
  }

  static <T, E extends Exception> T with(PieceRunner runner, Task<T, E> task) throws E {
    PieceRunner before = OWN.get();
    OWN.set(runner);
    try {
      return task.run();
    } finally {
      OWN.set(before);
    }
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
    check();
    if (n <= grain) {
      if (n > 0) {
        body.run(0, n);
      }
      return;
    }
    int pieces = (n - 1) / grain + 1;
    forEach(pieces, p -> body.run(p * grain, (int) Math.min(n, (long) (p + 1) * grain)));
  }
}
