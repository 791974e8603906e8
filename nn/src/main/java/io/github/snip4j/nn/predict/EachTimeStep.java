package io.github.snip4j.nn.predict;

/** A step that is taken for each time step: x {@code [T, in]}, y {@code [T, out]}. */
final class EachTimeStep implements Step {
  private final Step step;
  private final int steps;
  private final int in;
  private final int out;

  /**
   * @param step needs no scratch
   */
  EachTimeStep(Step step, int steps, int in, int out) {
    this.step = step;
    this.steps = steps;
    this.in = in;
    this.out = out;
  }

  @Override
  public int[] scratch() {
    return new int[] {in, out};
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    for (int t = 0; t < steps; t++) {
      System.arraycopy(x, t * in, scratch[0], 0, in);
      step.run(scratch[0], scratch[1], scratch);
      System.arraycopy(scratch[1], 0, y, t * out, out);
    }
  }
}
