package io.github.snip4j.core.io;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** A {@link LockFile} that somebody else holds. */
public final class HeldException extends FileSystemException {
  private static final long serialVersionUID = 1;

  private final String holder;

  private HeldException(String file, String holder) {
    super(file, null, "is held by " + holder);
    this.holder = holder;
  }

  /** This program holds it itself. */
  static HeldException byThisProcess(String file) {
    return new HeldException(file, "this process");
  }

  /**
   * Another program holds it, which on another machine or in another container may have the number
   * of this one.
   *
   * @param pid null where its number is not known
   */
  static HeldException byAnother(String file, @Nullable Long pid) {
    return new HeldException(file, pid == null ? "another process" : "process " + pid);
  }

  /** Who holds it, in words: {@code process 1234}. */
  public String holder() {
    return holder;
  }
}
