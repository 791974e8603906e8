package io.github.snip4j.nn.predict;

/** A function of each number. */
@FunctionalInterface
interface Activation {
  float of(float x);

  /** The step that applies it. */
  static Step step(int size, Activation f) {
    return new Step() {
      @Override
      public void run(float[] x, float[] y, float[][] scratch) {
        for (int i = 0; i < size; i++) {
          y[i] = f.of(x[i]);
        }
      }

      @Override
      public boolean isInPlace() {
        return true;
      }
    };
  }
}
