package io.github.snip4j.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that one program at a time holds, with the number of its process in it, and a word of the
 * holder's own. The system lets go of it when the program ends, however that happens, so a crash
 * leaves nothing that keeps others out.
 *
 * <p>Implementation note: whoever lets go deletes the file, so somebody else may have locked what
 * no longer has a name; therefore the holder looks, after locking, whether the file of this name
 * has the word that it wrote. (The number that a file system knows a file by would not do: a new
 * file may get that of a deleted one.) What is locked is a byte far beyond the content, which
 * others may then read on every system. A refused attempt of the same program lets, on POSIX
 * systems, other programs in: those locks belong to the process.
 */
public final class LockFile implements AutoCloseable {
  private static final long LOCKED_BYTE = 1L << 40;

  private final Path file;
  private final String content;
  private final FileChannel channel;

  private LockFile(Path file, String content, FileChannel channel) {
    this.file = file;
    this.content = content;
    this.channel = channel;
  }

  /**
   * Makes the file unless it is there, and holds it.
   *
   * @throws HeldException if somebody else does
   * @throws FileSystemException if the file cannot be made or its file system knows no locks
   */
  public static LockFile hold(Path file) throws IOException {
    while (true) {
      LockFile held = tryToHold(file);
      if (held != null) {
        return held;
      }
    }
  }

  private static @Nullable LockFile tryToHold(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // somebody holds it, or was killed
    }
    FileChannel channel = null;
    boolean isHeld = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      lock(channel, file);
      String content = ProcessHandle.current().pid() + " " + UUID.randomUUID() + "\n";
      channel.truncate(0).write(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
      isHeld = content.equals(content(file));
      return isHeld ? new LockFile(file, content, channel) : null;
    } catch (NoSuchFileException e) { // whoever held it has just let go
      return null;
    } finally {
      if (channel != null && !isHeld) {
        channel.close();
      }
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      throw new HeldException(file.toString(), ProcessHandle.current().pid());
    } catch (IOException e) {
      throw new FileSystemException(
          file.toString(),
          null,
          ("cannot be locked (" + e.getMessage() + "), so others could not be kept from writing ")
              + "here: choose a folder on another file system");
    }
    if (!locked) {
      throw new HeldException(file.toString(), holder(file));
    }
  }

  private static String content(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static @Nullable Long holder(Path file) throws IOException {
    try {
      String pid = content(file).strip().split(" ", 2)[0];
      return pid.matches("[0-9]{1,18}") ? Long.valueOf(pid) : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Whether the file still has its name: somebody may have deleted it, or its folder, and somebody
   * else may have made another.
   */
  public boolean isThere() throws IOException {
    try {
      return content.equals(content(file));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Lets go, and deletes the file if it is still this one. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try (channel) {
        if (isThere()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
