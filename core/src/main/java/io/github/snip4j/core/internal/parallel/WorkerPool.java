package io.github.snip4j.core.internal.parallel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of workers that share out the pieces of one job at a time.
 *
 * <p>Implementation note: the kernels of a small network follow each other within microseconds, and
 * waking a sleeping thread costs tens of them. So a worker that has run out of work looks for more
 * for as long as waking it would cost before it sleeps; and not at all where jobs have lately been
 * further apart than that, as it would find nothing.
 */
final class WorkerPool implements PieceRunner {
  private final int threads;
  private final long mostSpin; // in nanoseconds
  private final Worker[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable Job current;

  // written by whoever holds `busy`
  private long jobs;
  private long lastEnd = System.nanoTime();
  private volatile long spin; // in nanoseconds

  /**
   * Starts no thread yet.
   *
   * @param threads the caller included
   * @param mostSpin how long a worker spins at most, in nanoseconds; 0 for not at all
   * @param idle after how many nanoseconds without work a worker's thread ends
   */
  WorkerPool(int threads, long mostSpin, long idle) {
    this.threads = threads;
    this.mostSpin = mostSpin;
    this.spin = mostSpin;
    this.workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(this, "snip4j-worker-" + (i + 1), idle);
    }
  }

  @Override
  public int threads() {
    return threads;
  }

  /** How long a worker spins now, in nanoseconds. */
  long spin() {
    return spin;
  }

  /** The job that is being computed, if any. */
  @Nullable Job current() {
    return current;
  }

  @Override
  public void forEach(int pieces, IntConsumer body) {
    if (pieces <= 1 || threads == 1 || !busy.compareAndSet(false, true)) {
      for (int piece = 0; piece < pieces; piece++) {
        body.accept(piece);
      }
      return;
    }
    try {
      adapt(System.nanoTime() - lastEnd);
      Job job = new Job(++jobs, pieces, body);
      current = job;
      int helpers = Math.min(workers.length, pieces - 1);
      for (int i = 0; i < helpers; i++) {
        workers[i].wake();
      }
      job.work();
      job.awaitDone(mostSpin);
    } finally {
      current = null;
      lastEnd = System.nanoTime();
      busy.set(false);
    }
  }

  /** Learns from the time that has passed between two jobs. */
  private void adapt(long gap) {
    long pays = gap <= mostSpin ? mostSpin : 0;
    long now = spin;
    spin = now + (pays - now) / 8;
  }

  /** One call of {@link #forEach}: pieces are claimed by counting up, and counted when done. */
  static final class Job {
    final long number;
    private final int pieces;
    private final IntConsumer body;
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(long number, int pieces, IntConsumer body) {
      this.number = number;
      this.pieces = pieces;
      this.body = body;
    }

    void work() {
      for (int piece = claimed.getAndIncrement();
          piece < pieces;
          piece = claimed.getAndIncrement()) {
        try {
          body.accept(piece);
        } catch (Throwable t) { // handed to the caller by awaitDone
          failure.compareAndSet(null, t);
        } finally {
          done.incrementAndGet();
        }
      }
    }

    void awaitDone(long spin) {
      if (done.get() < pieces) {
        long begin = System.nanoTime();
        while (done.get() < pieces) {
          if (System.nanoTime() - begin < spin) {
            Thread.onSpinWait();
          } else {
            LockSupport.parkNanos(20_000); // a worker was taken off its processor in mid-piece
          }
        }
      }
      Throwable thrown = failure.get();
      if (thrown instanceof RuntimeException e) {
        throw e;
      } else if (thrown instanceof Error e) {
        throw e;
      }
    }
  }
}
