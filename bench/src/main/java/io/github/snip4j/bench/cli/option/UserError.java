package io.github.snip4j.bench.cli.option;

/** A mistake of the user's: one sentence that says what, where, and what would be right. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The message is printed as it is, and the exit code is 2. */
  public UserError(String sentence) {
    super(sentence);
  }
}
