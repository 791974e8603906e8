package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a loader and its thread share. It does not know the loader, so that this can be collected.
 *
 * <p>Batches go round: free, being made, ready, handed out, and after {@link #HELD} more steps free
 * again. When a step is asked for that is not the next one, what was made ahead is thrown away: a
 * batch that was begun for an earlier generation becomes free at once.
 */
final class LoaderQueue implements Runnable {
  private static final int HELD = 2; // the last two batches handed out stay as they are

  private final ReusableBatches source;
  private final int ahead;
  private final Deque<Batch> free = new ArrayDeque<>();
  private final Deque<Batch> ready = new ArrayDeque<>();
  private final Deque<Batch> held = new ArrayDeque<>();
  private long toMake; // the step that is made next
  private long toGive; // the step of the first that is ready
  private int generation;
  private long waited;
  private boolean closed;
  private @Nullable Throwable failure; // at the step toMake

  LoaderQueue(ReusableBatches source, int ahead, long step) {
    this.source = source;
    this.ahead = ahead;
    this.toMake = step;
    this.toGive = step;
  }

  @Override
  public void run() {
    try {
      Task task = begin();
      while (task != null) {
        try {
          end(task, source.at(task.step, task.old), null);
        } catch (RuntimeException | Error e) { // passed on to whoever asks for this step
          end(task, null, e);
        }
        task = begin();
      }
    } catch (InterruptedException e) { // nobody does that; it means to stop
      close();
    }
  }

  private static final class Task {
    final long step;
    final int generation;
    final @Nullable Batch old;

    Task(long step, int generation, @Nullable Batch old) {
      this.step = step;
      this.generation = generation;
      this.old = old;
    }
  }

  private synchronized @Nullable Task begin() throws InterruptedException {
    while (!closed && (ready.size() >= ahead || failure != null)) {
      wait();
    }
    return closed ? null : new Task(toMake, generation, free.poll());
  }

  private synchronized void end(Task task, @Nullable Batch batch, @Nullable Throwable thrown) {
    if (task.generation == generation) {
      failure = thrown;
      if (batch != null) {
        ready.add(batch);
        toMake++;
      }
    } else if (batch != null) {
      free.add(batch);
    }
    notifyAll();
  }

  synchronized Batch take(long step) {
    if (step != toGive) {
      restart(step);
    }
    if (held.size() >= HELD) {
      free.add(held.remove());
      notifyAll();
    }
    long start = System.nanoTime();
    while (!closed && ready.isEmpty() && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for the batch of step " + step);
      }
    }
    waited += System.nanoTime() - start;
    if (closed) {
      throw new IllegalStateException("the loader is closed");
    }
    Batch batch = ready.poll();
    if (batch == null) {
      throw rethrown(step);
    }
    toGive++;
    held.add(batch);
    notifyAll();
    return batch;
  }

  private void restart(long step) {
    generation++;
    free.addAll(ready);
    ready.clear();
    failure = null;
    toMake = step;
    toGive = step;
    notifyAll();
  }

  private RuntimeException rethrown(long step) {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException exception
        ? exception
        : new IllegalStateException("no batch for step " + step, thrown);
  }

  synchronized long waitedNanos() {
    return waited;
  }

  synchronized void close() {
    closed = true;
    ready.clear();
    free.clear();
    held.clear();
    notifyAll();
  }
}
