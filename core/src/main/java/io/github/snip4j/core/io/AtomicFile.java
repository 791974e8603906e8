package io.github.snip4j.core.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file so that, whatever happens, the old one or the whole new one is there. */
public final class AtomicFile {
  private AtomicFile() {}

  /** What writes the content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes under a temporary name in the same folder, forces it to the disk, and moves it into
   * place, replacing what was there. The temporary file goes away on failure and when the program
   * is interrupted.
   *
   * @param target what a symbolic link points to is replaced, not the link
   * @throws IOException if writing or moving fails, or the target is there and is no regular file;
   *     it is then as before
   */
  public static void write(Path target, Content content) throws IOException {
    Path absolute = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
      throw new FileSystemException(target.toString(), null, "is not a regular file");
    }
    String name = "." + absolute.getFileName() + "." + threadId() + ownSuffix();
    Path part = absolute.resolveSibling(name);
    part.toFile().deleteOnExit(); // one entry per name, however often it is written
    try {
      try (FileChannel channel =
              FileChannel.open(
                  part,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      move(part, absolute);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What the names of this program's temporary files end with. */
  public static String ownSuffix() {
    return "-" + ProcessHandle.current().pid() + ".part";
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) { // some network file systems
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @SuppressWarnings("deprecation") // threadId() came with Java 19
  private static long threadId() {
    return Thread.currentThread().getId();
  }
}
