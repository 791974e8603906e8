package io.github.snip4j.datasets.fetch;

import java.io.IOException;

/** Something could not be fetched: the message is a sentence for the user. */
public final class FetchException extends IOException {
  private static final long serialVersionUID = 1;

  /** What could not be fetched, and why. */
  public FetchException(String sentence) {
    super(sentence);
  }
}
