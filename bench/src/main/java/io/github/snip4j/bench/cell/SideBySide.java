package io.github.snip4j.bench.cell;

import io.github.snip4j.core.internal.parallel.Parallel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs several jobs at a time, each with its share of the engine's threads.
 *
 * <p>They share one program, with its compiled code and its data. A small network computes faster
 * on one thread beside another one than both after each other on two: what two threads would share
 * is too little. The first begins a little before the others: while the program is new, its
 * compiler takes the second processor, and what runs meanwhile runs slowly.
 *
 * @param jobs how many run at a time
 */
record SideBySide(int jobs) {
  private static final long WARM_UP_SECONDS = 3;

  SideBySide {
    if (jobs < 1) {
      throw new IllegalArgumentException(jobs + " jobs: expected 1 or more");
    }
  }

  /** One of the jobs. */
  @FunctionalInterface
  interface Job {
    void run(int number) throws IOException;
  }

  /**
   * Runs a job for each number, begun in this order. If one fails the others are ended at their
   * next step, and none begins.
   *
   * @throws IOException what the first that failed threw, and so for other exceptions
   * @throws CancellationException if this thread is interrupted
   */
  void run(List<Integer> numbers, Job job) throws IOException {
    if (jobs == 1 || numbers.size() <= 1) {
      for (int number : numbers) {
        job.run(number);
      }
      return;
    }
    ExecutorService executor = Executors.newFixedThreadPool(jobs, SideBySide::thread);
    try {
      run(numbers, job, new ExecutorCompletionService<>(executor));
    } catch (ExecutionException e) {
      throw rethrown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while cells were running");
    } finally {
      executor.shutdownNow();
      awaitEnd(executor);
    }
  }

  private void run(List<Integer> numbers, Job job, CompletionService<Integer> ended)
      throws InterruptedException, ExecutionException {
    int threads = Math.max(1, Parallel.threads() / jobs);
    int left = numbers.size();
    for (int number : numbers) {
      ended.submit(() -> Parallel.withOwnThreads(threads, () -> done(number, job)));
      if (number == numbers.get(0)) {
        Future<Integer> first = ended.poll(WARM_UP_SECONDS, TimeUnit.SECONDS);
        if (first != null) {
          first.get();
          left--;
        }
      }
    }
    for (; left > 0; left--) {
      ended.take().get();
    }
  }

  private static int done(int number, Job job) throws IOException {
    job.run(number);
    return number;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "snip4j-cell");
    thread.setDaemon(true);
    return thread;
  }

  private static IOException rethrown(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException thrown) {
      throw thrown;
    } else if (e.getCause() instanceof Error thrown) {
      throw thrown;
    }
    return e.getCause() instanceof IOException thrown ? thrown : new IOException(e);
  }

  /** Jobs end at a step; until then they write into their folders. */
  private static void awaitEnd(ExecutorService executor) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
