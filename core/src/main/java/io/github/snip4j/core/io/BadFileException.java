package io.github.snip4j.core.io;

import java.io.IOException;

/**
 * A file that is not what it should be: the message says which, where, and what was expected. It is
 * {@linkplain Printable#of printable}, whatever names the file holds.
 */
public final class BadFileException extends IOException {
  private static final long serialVersionUID = 1;

  /** A problem with a file as a whole. */
  public BadFileException(String file, String problem) {
    super(Printable.of(file + ": " + problem));
  }

  /** A problem at one place. */
  public BadFileException(String file, long offset, String expected, String found) {
    this(file, "at byte " + offset + ": expected " + expected + ", found " + found);
  }
}
