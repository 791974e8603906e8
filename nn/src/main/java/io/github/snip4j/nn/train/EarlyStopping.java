package io.github.snip4j.nn.train;

/**
 * Stops a training when validation has not become better for some time: fewer wrong answers, or
 * less loss where answers are not counted. Give it to the trainer after the {@link
 * BestOnValidation} that it looks at; {@code best.best()} is then what to go back to.
 */
public final class EarlyStopping implements Callback {
  private final BestOnValidation validation;
  private final long patience;
  private Evaluation best;
  private long improved; // the step after which it was
  private long now;

  /**
   * @param patience how many steps to wait for a better evaluation, at least 1
   */
  public EarlyStopping(BestOnValidation validation, long patience) {
    if (patience < 1) {
      throw new IllegalArgumentException(
          "early stopping: patience of " + patience + " steps: expected 1 or more");
    }
    this.validation = validation;
    this.patience = patience;
    this.best = validation.best().evaluation();
    this.improved = validation.best().step();
  }

  @Override
  public void afterStep(Step step) {
    now = step.number();
    if (validation.latest().isBetterThan(best)) {
      best = validation.latest();
      improved = now;
    }
  }

  @Override
  public boolean wantsToStop() {
    return now - improved >= patience;
  }
}
