package io.github.snip4j.core.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Output to a file that says of a failure which file it was: the system does not. */
public final class NamedOutput extends FilterOutputStream {
  private final Path target;

  /**
   * Passes bytes on.
   *
   * @param target the file to be named
   */
  public NamedOutput(OutputStream out, Path target) {
    super(out);
    this.target = target;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * Writes, all at once.
   *
   * @throws FileSystemException naming the file, as on a full disk
   */
  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw naming(target, e);
    }
  }

  /** The failure with the name of the file that was to be written. */
  static IOException naming(Path target, IOException e) {
    if (e instanceof ClosedChannelException) { // the thread was interrupted
      return e;
    }
    if (e instanceof NoSuchFileException) { // only the folder can be missing
      return new NoSuchFileException(String.valueOf(target.toAbsolutePath().getParent()));
    }
    if (e instanceof AccessDeniedException) {
      return new AccessDeniedException(target.toString());
    }
    String reason =
        e instanceof FileSystemException system
            ? system.getReason()
            : String.valueOf(e.getMessage());
    FileSystemException named =
        new FileSystemException(target.toString(), null, "cannot be written: " + reason);
    named.initCause(e);
    return named;
  }
}
