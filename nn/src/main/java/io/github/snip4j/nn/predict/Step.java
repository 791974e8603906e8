package io.github.snip4j.nn.predict;

/** One thing a plan does for one example: from an array to an array. Immutable. */
interface Step {
  /**
   * Computes.
   *
   * @param x from index 0 on; not modified, if y is another array
   * @param y from index 0 on; may be x where the step is {@linkplain #isInPlace in place}
   * @param scratch arrays of {@link #scratch} numbers and more, of any value
   */
  void run(float[] x, float[] y, float[][] scratch);

  /** Whether y may be x. */
  default boolean isInPlace() {
    return false;
  }

  /** How many numbers it needs beside, in how many arrays. */
  default int[] scratch() {
    return new int[0];
  }
}
