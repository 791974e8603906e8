package io.github.snip4j.bench.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Closes a stream from which nothing has come for too long, so that whoever reads it wakes up. */
final class Watchdog implements AutoCloseable {
  private final InputStream watched;
  private final long patience;
  private final Thread thread;
  private long calmUntil;
  private boolean barked;
  private boolean off;

  Watchdog(InputStream watched, Duration patience) {
    this.watched = watched;
    this.patience = patience.toNanos();
    this.calmUntil = System.nanoTime() + this.patience;
    this.thread = new Thread(this::watch, "snip4j-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  /** Something has come. */
  synchronized void calm() {
    calmUntil = System.nanoTime() + patience;
  }

  /** Whether it has closed the stream. */
  synchronized boolean barked() {
    return barked;
  }

  private void watch() {
    try {
      if (sleepUntilAngry()) {
        watched.close();
      }
    } catch (InterruptedException e) { // nobody does that; it means to stop
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized boolean sleepUntilAngry() throws InterruptedException {
    for (long left = patience; !off && left > 0; left = calmUntil - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
    barked = !off;
    return barked;
  }

  @Override
  public synchronized void close() {
    off = true;
    notifyAll();
  }
}
