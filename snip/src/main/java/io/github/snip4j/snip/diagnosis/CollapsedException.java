package io.github.snip4j.snip.diagnosis;

import java.util.List;

/** A mask that leaves nothing of a layer. */
public final class CollapsedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  CollapsedException(List<String> parameters) {
    super("nothing is left of " + String.join(", ", parameters) + ": no signal passes there");
  }
}
