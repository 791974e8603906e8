package io.github.snip4j.datasets.fetch;

/** Somebody who watches files being transferred. */
@FunctionalInterface
public interface Watcher {
  /** A transfer of so many bytes begins; what is returned is closed when it ends, well or not. */
  Transfer begin(String what, long bytes);

  /** Follows one transfer. */
  interface Transfer extends AutoCloseable {
    /** So many bytes are there now. */
    void at(long bytes);

    @Override
    void close();
  }
}
