package io.github.snip4j.datasets.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Closes a stream from which nothing has come for too long, so that whoever reads it wakes up. */
final class ReadTimeout implements AutoCloseable {
  private final InputStream watched;
  private final long patience;
  private final Thread thread;
  private long deadline;
  private boolean expired;
  private boolean off;

  ReadTimeout(InputStream watched, Duration patience) {
    this.watched = watched;
    this.patience = patience.toNanos();
    this.deadline = System.nanoTime() + this.patience;
    this.thread = new Thread(this::watch, "snip4j-read-timeout");
    thread.setDaemon(true);
    thread.start();
  }

  /** Data has arrived: the time starts again. */
  synchronized void restart() {
    deadline = System.nanoTime() + patience;
  }

  /** Whether the time has passed and the stream was closed. */
  synchronized boolean expired() {
    return expired;
  }

  private void watch() {
    try {
      if (waitUntilExpired()) {
        watched.close();
      }
    } catch (InterruptedException e) { // nobody does that; it means to stop
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized boolean waitUntilExpired() throws InterruptedException {
    for (long left = patience; !off && left > 0; left = deadline - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
    expired = !off;
    return expired;
  }

  @Override
  public synchronized void close() {
    off = true;
    notifyAll();
  }
}
