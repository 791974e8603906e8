package io.github.snip4j.core.internal.sparse;

import java.util.Arrays;

/**
 * The layouts that were asked for last: a few, as training and evaluation take turns with batches
 * of different sizes. Threads may share it; two that miss a layout at once both make it.
 */
final class Layouts {
  private static final int MOST = 8;

  private volatile Entry[] entries = {};

  private record Entry(Layout.Key<?> key, Layout layout) {}

  @SuppressWarnings("unchecked") // equal keys are of one class, which makes layouts of one class
  <L extends Layout> L of(Layout.Key<L> key, SparsePattern pattern) {
    for (Entry entry : entries) {
      if (entry.key.equals(key)) {
        return (L) entry.layout;
      }
    }
    L made = key.make(pattern);
    add(new Entry(key, made));
    return made;
  }

  /** The newest comes first; the oldest goes where there are too many. */
  private synchronized void add(Entry newest) {
    Entry[] before = entries;
    Entry[] after = new Entry[Math.min(MOST, before.length + 1)];
    after[0] = newest;
    System.arraycopy(before, 0, after, 1, after.length - 1);
    entries = after;
  }

  long bytes() {
    return Arrays.stream(entries).mapToLong(entry -> entry.layout.bytes()).sum();
  }
}
