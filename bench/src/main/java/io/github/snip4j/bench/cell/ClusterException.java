package io.github.snip4j.bench.cell;

import java.io.IOException;

/** A cluster that cannot be had, or on which a cell failed again and again, in one sentence. */
public final class ClusterException extends IOException {
  private static final long serialVersionUID = 1;

  public ClusterException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
