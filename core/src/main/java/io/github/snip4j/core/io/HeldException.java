package io.github.snip4j.core.io;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** A {@link LockFile} that somebody else holds. */
public final class HeldException extends FileSystemException {
  private static final long serialVersionUID = 1;

  private final @Nullable Long pid;

  HeldException(String file, @Nullable Long pid) {
    super(file, null, "is held by " + holder(pid));
    this.pid = pid;
  }

  /** Who holds it, in words: {@code process 1234}. */
  public String holder() {
    return holder(pid);
  }

  private static String holder(@Nullable Long pid) {
    if (pid == null) {
      return "another process";
    }
    return pid == ProcessHandle.current().pid() ? "this process" : "process " + pid;
  }
}
