package io.github.snip4j.nn.train;

/** Training that has gone wrong for good: the loss is infinite or not a number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * What happened, and when.
   *
   * @param step from 1 on
   * @param loss infinite or not a number
   * @param rate the learning rate of that step
   */
  public DivergedException(long step, double loss, double rate) {
    super(
        "training diverged: the loss is "
            + loss
            + " at step "
            + step
            + " with learning rate "
            + rate
            + "; a smaller learning rate may help");
  }
}
