package io.github.snip4j.core.tensor;

/**
 * One step of a {@link Workspace}, known to the tensors that were made in it: it is over when the
 * next step begins, which writes over their numbers.
 */
final class WorkspaceStep {
  private boolean over;

  /** Called when the next step begins. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /**
   * Lets a tensor of this step be read and written.
   *
   * @throws IllegalStateException if the step is over
   */
  void check(Shape shape) {
    if (over) {
      throw new IllegalStateException(
          ("tensor " + shape + " was made within Workspace.run and is used after the next run has")
              + " begun, which writes over its numbers: take a copy() of what is to be kept");
    }
  }
}
