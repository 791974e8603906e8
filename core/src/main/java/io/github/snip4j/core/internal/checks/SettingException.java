package io.github.snip4j.core.internal.checks;

/**
 * A system property that the engine cannot follow; the message says which, and what would be right.
 */
public final class SettingException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** With what is wrong, and what would be right. */
  public SettingException(String message) {
    super(message);
  }
}
