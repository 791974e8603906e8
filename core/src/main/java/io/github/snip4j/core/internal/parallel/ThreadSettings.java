package io.github.snip4j.core.internal.parallel;

import org.jspecify.annotations.Nullable;

/**
 * What system properties say about the engine's threads.
 *
 * @param threads that compute, the caller included
 * @param spinNanos how long at most an idle worker looks for more work before it sleeps
 * @param mistake what is wrong with a property, in a sentence; null if nothing is
 */
record ThreadSettings(int threads, long spinNanos, @Nullable String mistake) {
  private static final int MOST_THREADS = 1024;
  private static final int MOST_SPIN = 1_000; // microseconds
  private static final int SPIN = 50; // microseconds: what waking a sleeping thread costs

  /**
   * Reads the properties' values.
   *
   * @param threads null for one per processor
   * @param spin in microseconds; null for the default
   */
  static ThreadSettings of(@Nullable String threads, @Nullable String spin, int processors) {
    int count =
        threads == null ? Math.min(processors, MOST_THREADS) : number(threads, 1, MOST_THREADS);
    if (count < 0) {
      return wrong(
          (Parallel.THREADS_PROPERTY + "=" + threads + ": expected a number of threads from 1 to ")
              + MOST_THREADS);
    }
    int micros = spin == null ? SPIN : number(spin, 0, MOST_SPIN);
    if (micros < 0) {
      return wrong(
          (Parallel.SPIN_PROPERTY + "=" + spin + ": expected microseconds from 0 (do not spin) to ")
              + MOST_SPIN);
    }
    return new ThreadSettings(count, micros * 1_000L, null);
  }

  private static ThreadSettings wrong(String mistake) {
    return new ThreadSettings(1, 0, mistake);
  }

  /** The number that a text is; -1 if it is none, or outside of the range. */
  private static int number(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      return number >= least && number <= most ? number : -1;
    } catch (NumberFormatException e) { // said by the caller, with the property's name
      return -1;
    }
  }
}
