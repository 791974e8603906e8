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
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A file that one program at a time holds, with the number of its process in it. The system lets go
 * of it when the program ends, however that happens, so a crash leaves nothing that keeps others
 * out.
 *
 * <p>Implementation note: whoever lets go deletes the file, so somebody else may have locked what
 * no longer has a name; therefore the file's identity is compared after locking. What is locked is
 * a byte far beyond the content, which others may then read on every system. A refused attempt of
 * the same program lets, on POSIX systems, other programs in: those locks belong to the process.
 */
public final class LockFile implements AutoCloseable {
  private static final long LOCKED_BYTE = 1L << 40;

  private final Path file;
  private final Object identity;
  private final FileChannel channel;

  private LockFile(Path file, Object identity, FileChannel channel) {
    this.file = file;
    this.identity = identity;
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
      Object before = identity(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      lock(channel, file);
      if (!before.equals(identity(file))) {
        return null;
      }
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0).write(ByteBuffer.wrap(pid));
      isHeld = true;
      return new LockFile(file, before, channel);
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

  /** Which file has this name now. */
  private static Object identity(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file : key; // Windows has none, and deletes no file that is open
  }

  private static @Nullable Long holder(Path file) throws IOException {
    try {
      String pid = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
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
      return identity.equals(identity(file));
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
