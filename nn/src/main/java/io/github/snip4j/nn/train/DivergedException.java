package io.github.snip4j.nn.train;

/** Training that has gone wrong for good: the loss is infinite or not a number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * What happened, when, and where.
   *
   * @param step from 1 on
   * @param loss infinite or not a number
   * @param rate the learning rate of that step
   * @param first what went first and what to do, as {@link FirstNonFinite} says; may be empty
   */
  public DivergedException(long step, double loss, double rate, String first) {
    super(
        ("training diverged: the loss is " + loss + " at step " + step)
            + (" with learning rate " + rate)
            + "; "
            + (first.isEmpty() ? FirstNonFinite.ADVICE : first));
  }

  /** This exception with one more sentence. */
  public DivergedException(DivergedException cause, String more) {
    super(cause.getMessage() + "; " + more, cause);
  }
}
