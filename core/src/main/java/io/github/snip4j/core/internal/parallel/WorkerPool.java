package io.github.snip4j.core.internal.parallel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of daemon threads that share out the pieces of one job at a time.
 *
 * <p>Implementation note: the kernels of a small network follow each other within microseconds, and
 * waking a parked thread costs several. So a worker that has run out of work looks for more for a
 * while before it parks.
 */
final class WorkerPool {
  private static final int SPINS = 4_000; // about 50 microseconds

  private final int threads;
  private final Worker[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable Job current;
  private long jobs; // written by whoever holds `busy`

  WorkerPool(int threads) {
    this.threads = threads;
    this.workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker("snip4j-worker-" + (i + 1));
      workers[i].start();
    }
  }

  int threads() {
    return threads;
  }

  void forEach(int pieces, IntConsumer body) {
    if (pieces <= 1 || threads == 1 || !busy.compareAndSet(false, true)) {
      for (int piece = 0; piece < pieces; piece++) {
        body.accept(piece);
      }
      return;
    }
    try {
      Job job = new Job(++jobs, pieces, body);
      current = job;
      int helpers = Math.min(workers.length, pieces - 1);
      for (int i = 0; i < helpers; i++) {
        workers[i].wake();
      }
      job.work();
      job.awaitDone();
    } finally {
      current = null;
      busy.set(false);
    }
  }

  /** One call of {@link #forEach}: pieces are claimed by counting up, and counted when done. */
  private static final class Job {
    private final long number;
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

    void awaitDone() {
      for (int spin = 0; done.get() < pieces; spin++) {
        if (spin < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(20_000); // a worker was taken off its processor in mid-piece
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

  private final class Worker extends Thread {
    private volatile boolean parked;

    Worker(String name) {
      super(name);
      setDaemon(true);
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(this);
      }
    }

    @Override
    @SuppressWarnings("InfiniteLoopStatement") // a daemon: it ends with the program
    public void run() {
      long last = 0; // a number, not the job: an idle worker must not keep its arrays alive
      while (true) {
        last = workOnOther(last);
      }
    }

    private long workOnOther(long last) {
      int spin = 0;
      while (true) {
        Job job = current;
        if (job != null && job.number != last) {
          job.work();
          return job.number;
        }
        if (spin++ < SPINS) {
          Thread.onSpinWait();
        } else {
          parked = true;
          if (current == job) { // looked at again: wake() may have come before parked was set
            LockSupport.park(this);
          }
          parked = false;
          spin = 0;
        }
      }
    }
  }
}
