package io.github.snip4j.snip.diagnosis;

import java.util.List;

/** Nothing is left of a layer, or of a network. */
public final class CollapsedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * A method that pruned too much.
   *
   * @param message which method, of what nothing is left, and what would be right
   */
  public CollapsedException(String message) {
    super(message);
  }

  CollapsedException(List<String> parameters) {
    super("nothing is left of " + String.join(", ", parameters) + ": no signal passes there");
  }
}
