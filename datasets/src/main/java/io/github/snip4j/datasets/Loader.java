package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import java.lang.ref.Cleaner;

/**
 * Prepares batches ahead on a thread of its own, so that training does not wait for them.
 *
 * <p>It gives exactly the batches of its source, in any order; going through them step by step is
 * fast. A batch stays as it is until {@link #at} is called for the <em>second</em> time after the
 * call that gave it; then its arrays are written over. One thread may use a loader.
 *
 * <p>The thread ends with {@link #close}, with the program, or when the loader is no longer used by
 * anyone.
 */
public final class Loader implements BatchSource, AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final ReusableBatches source;
  private final LoaderQueue queue;
  private final Cleaner.Cleanable cleanable;

  /**
   * Starts at once with the batch of a step.
   *
   * @param ahead how many batches to have ready, at least 1
   * @param step the one that will be asked for first
   */
  public Loader(ReusableBatches source, int ahead, long step) {
    if (ahead < 1) {
      throw new IllegalArgumentException("loader: " + ahead + " batches ahead: expected 1 or more");
    }
    this.source = source;
    this.queue = new LoaderQueue(source, ahead, step);
    this.cleanable = CLEANER.register(this, queue::close);
    Thread thread = new Thread(queue, "snip4j-loader");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The batch of one step.
   *
   * @throws RuntimeException what the source threw at this step
   * @throws IllegalStateException if the loader is closed, or the thread is interrupted
   */
  @Override
  public Batch at(long step) {
    return queue.take(step);
  }

  @Override
  public int batchesPerEpoch() {
    return source.batchesPerEpoch();
  }

  /** How long {@link #at} waited, in all. */
  public double waitedSeconds() {
    return queue.waitedNanos() / 1e9;
  }

  /** Ends the thread; batches that were handed out stay as they are from then on. */
  @Override
  public void close() {
    cleanable.clean();
  }
}
