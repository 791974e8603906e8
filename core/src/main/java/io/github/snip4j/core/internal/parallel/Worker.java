package io.github.snip4j.core.internal.parallel;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One worker of a {@link WorkerPool}. It has a thread while there is work: one is started when it
 * is woken, and ends after it has been idle for a while. So the engine keeps no thread alive, nor
 * the class loader that it came from, once a program no longer computes.
 *
 * <p>Its thread is a daemon, and takes nothing over from the thread that happens to start it, which
 * may be of another program: no class loader, no thread-local values, no thread group, no
 * permissions.
 */
final class Worker implements Runnable {
  private static final int SPINS = 16; // between two looks at the clock

  private final WorkerPool pool;
  private final String name;
  private final long idle; // nanoseconds
  private volatile @Nullable Thread thread; // null: to be started
  private volatile boolean parked;

  Worker(WorkerPool pool, String name, long idle) {
    this.pool = pool;
    this.name = name;
    this.idle = idle;
  }

  /**
   * Sees to it that the current job is looked at. Of one thread at a time.
   *
   * <p>A thread that is just ending may miss it; the caller then computes the pieces.
   */
  void wake() {
    Thread running = thread;
    if (running == null) {
      start();
    } else if (parked) {
      LockSupport.unpark(running);
    }
  }

  private void start() {
    Thread started = newThread();
    thread = started; // before it runs: what it does at its end comes after this
    boolean runs = false;
    try {
      started.start();
      runs = true;
    } finally {
      if (!runs) { // there is no memory for it, or a limit to their number
        thread = null;
      }
    }
  }

  @SuppressWarnings("removal") // nothing else keeps the caller's permissions, thus its classes, out
  private Thread newThread() {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread created = new Thread(outermostGroup(), this, name, 0, false);
              created.setDaemon(true);
              created.setContextClassLoader(ClassLoader.getSystemClassLoader());
              return created;
            });
  }

  private static @Nullable ThreadGroup outermostGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  @Override
  public void run() {
    try {
      Parallel.with(pool, this::work); // what its pieces ask for is computed on its pool too
    } finally {
      parked = false;
      thread = null;
    }
  }

  private boolean work() {
    long last = 0; // a number, not the job: an idle worker must not keep its arrays alive
    while (last >= 0) {
      last = workOnOther(last);
    }
    return true;
  }

  /** Works on another job than the last; its number, or -1 if there was none for long. */
  private long workOnOther(long last) {
    long begin = System.nanoTime();
    long spin = pool.spin();
    do {
      for (int i = 0; i < SPINS; i++) {
        WorkerPool.Job job = pool.current();
        if (job != null && job.number != last) {
          job.work();
          return job.number;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - begin < spin);
    while (true) {
      parked = true;
      if (!hasOther(last)) { // looked at again: wake() may have come before parked was set
        LockSupport.parkNanos(this, idle);
      }
      parked = false;
      if (hasOther(last)) {
        return last;
      }
      if (System.nanoTime() - begin >= idle) {
        return -1;
      }
      Thread.interrupted(); // an interrupted thread would never sleep again
    }
  }

  private boolean hasOther(long last) {
    WorkerPool.Job job = pool.current();
    return job != null && job.number != last;
  }
}
