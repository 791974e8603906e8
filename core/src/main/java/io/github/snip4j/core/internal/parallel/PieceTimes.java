package io.github.snip4j.core.internal.parallel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How long each piece of a computation takes on one thread, and by that a model of how long it
 * would take on several: they claim pieces as they are done with others, and everything between is
 * done by one. It knows nothing of caches and memory that threads share, so that it says at best.
 */
public final class PieceTimes {
  private final long whole;
  private final List<long[]> jobs;

  /**
   * What was measured elsewhere.
   *
   * @param whole nanoseconds
   * @param jobs for each the nanoseconds of its pieces
   */
  PieceTimes(long whole, List<long[]> jobs) {
    this.whole = whole;
    this.jobs = jobs;
  }

  /** Runs a task on this thread, cut into the pieces that several threads would share out. */
  public static <T, E extends Exception> PieceTimes of(Parallel.Task<T, E> task) throws E {
    Recorder recorder = new Recorder();
    long begin = System.nanoTime();
    Parallel.with(recorder, task);
    return new PieceTimes(System.nanoTime() - begin, recorder.jobs);
  }

  /** Nanoseconds on one thread. */
  public long whole() {
    return whole;
  }

  /** The share of them that no other thread can help with. */
  public double alone() {
    long shared = jobs.stream().mapToLong(job -> Arrays.stream(job).sum()).sum();
    return 1 - (double) shared / whole;
  }

  /**
   * Nanoseconds on some threads.
   *
   * @param handOver how many it takes to give pieces to other threads, and to know that all are
   *     done
   */
  public double on(int threads, double handOver) {
    double time = alone() * whole;
    for (long[] job : jobs) {
      time += longest(job, threads) + (threads > 1 ? handOver : 0);
    }
    return time;
  }

  /** How long the last of the threads works that claim pieces in their order. */
  private static long longest(long[] job, int threads) {
    long[] busy = new long[threads];
    for (long piece : job) {
      int free = 0;
      for (int t = 1; t < threads; t++) {
        free = busy[t] < busy[free] ? t : free;
      }
      busy[free] += piece;
    }
    return Arrays.stream(busy).max().orElse(0);
  }

  /** Computes everything itself. */
  private static final class Recorder implements PieceRunner {
    private final List<long[]> jobs = new ArrayList<>();
    private final Thread owner = Thread.currentThread();
    private boolean inPiece;

    @Override
    public int threads() {
      return 2; // or more: what is shared out is the same for any number
    }

    @Override
    public void forEach(int pieces, IntConsumer body) {
      if (pieces <= 1 || inPiece || Thread.currentThread() != owner) {
        for (int piece = 0; piece < pieces; piece++) {
          body.accept(piece);
        }
        return;
      }
      long[] times = new long[pieces];
      jobs.add(times);
      inPiece = true;
      try {
        long before = System.nanoTime();
        for (int piece = 0; piece < pieces; piece++) {
          body.accept(piece);
          long after = System.nanoTime();
          times[piece] = after - before;
          before = after;
        }
      } finally {
        inPiece = false;
      }
    }
  }
}
