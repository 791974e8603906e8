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
   * @throws FileSystemException naming the target, not the temporary file, if writing or moving
   *     fails, as on a full disk, or the target is there and is no regular file; it is then as
   *     before
   * @throws IOException if the content throws it
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
      try (FileChannel channel = open(part, target);
          OutputStream named = new NamedOutput(Channels.newOutputStream(channel), target);
          OutputStream out = new BufferedOutputStream(named, 1 << 16)) {
        content.writeTo(out);
        out.flush();
        toDisk(channel, target);
      }
      move(part, absolute, target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What the names of this program's temporary files end with. */
  public static String ownSuffix() {
    return "-" + ProcessHandle.current().pid() + ".part";
  }

  private static FileChannel open(Path part, Path target) throws IOException {
    try {
      return FileChannel.open(
          part,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw NamedOutput.naming(target, e);
    }
  }

  private static void toDisk(FileChannel channel, Path target) throws IOException {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw NamedOutput.naming(target, e);
    }
  }

  private static void move(Path part, Path to, Path target) throws IOException {
    try {
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) { // some network file systems
      Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw NamedOutput.naming(target, e);
    }
  }

  @SuppressWarnings("deprecation") // threadId() came with Java 19
  private static long threadId() {
    return Thread.currentThread().getId();
  }
}
