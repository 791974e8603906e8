package io.github.snip4j.core.io;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that one program at a time holds, with the number of its process in it. The system lets go
 * of it when the program ends, however that happens, so a crash leaves nothing that keeps others
 * out.
 *
 * <p>Implementation note: whoever lets go deletes the file, so somebody else may have locked what
 * no longer has a name. Therefore the holder makes the file as long as its process's number says,
 * and looks whether the file of this name is: the number that a file system knows a file by would
 * not do, as a new file may get that of a deleted one. It asks for the length and opens nothing: on
 * POSIX systems a lock belongs to the process, which lets go of it when it closes the file, however
 * often that is open. For the same reason the program knows itself what it holds, and opens the
 * file for nobody else meanwhile. What is locked is a byte far beyond the content, which others may
 * then read on every system.
 */
public final class LockFile implements AutoCloseable {
  private static final long LOCKED_BYTE = 1L << 40;
  private static final int LENGTH = 32; // of process 0; longer than any number of a process

  /** What this program holds, as the locks are its own: the system would not keep it out. */
  private static final Map<Path, LockFile> HELD = new HashMap<>();

  private final Path file;
  private final Path place;
  private final Object identity;
  private final FileChannel channel;

  private LockFile(Path file, Path place, Object identity, FileChannel channel) {
    this.file = file;
    this.place = place;
    this.identity = identity;
    this.channel = channel;
  }

  /**
   * Makes the file unless it is there, and holds it.
   *
   * @throws HeldException if somebody else does
   * @throws FileSystemException naming the file if it cannot be made or written, as on a full disk,
   *     or its file system knows no locks; no file is left then
   */
  public static LockFile hold(Path file) throws IOException {
    Path place = place(file);
    synchronized (HELD) {
      LockFile own = HELD.get(place);
      if (own != null && own.isThere()) {
        throw HeldException.byThisProcess(file.toString());
      }
      LockFile held = null;
      while (held == null) {
        held = tryToHold(file, place);
      }
      HELD.put(place, held);
      return held;
    }
  }

  /** The file, however its folder is called. */
  private static Path place(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    Path name = whole.getFileName();
    return folder == null || name == null || !Files.exists(folder)
        ? whole
        : folder.toRealPath().resolve(name);
  }

  private static @Nullable LockFile tryToHold(Path file, Path place) throws IOException {
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
      long pid = ProcessHandle.current().pid();
      write(channel, pid, file);
      isHeld = Files.size(file) == LENGTH + pid;
      return isHeld ? new LockFile(file, place, identity(file), channel) : null;
    } catch (NoSuchFileException e) { // whoever held it has just let go
      return null;
    } finally {
      if (channel != null && !isHeld) {
        channel.close();
      }
    }
  }

  /** Writes the process's number, and makes the file as long as it says. */
  private static void write(FileChannel channel, long pid, Path file) throws IOException {
    try {
      channel.truncate(0).write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)));
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}), LENGTH + pid - 1); // sparse
    } catch (IOException e) { // as on a full disk
      removeUnfinished(file);
      throw NamedOutput.naming(file, e);
    }
  }

  /**
   * Removes a file that nobody can hold. One that was made in its place meanwhile is longer, or
   * whoever makes it sees that it is gone.
   */
  private static void removeUnfinished(Path file) throws IOException {
    try {
      if (Files.size(file) < LENGTH) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // it is gone already
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      throw HeldException.byThisProcess(file.toString());
    } catch (IOException e) {
      removeUnfinished(file);
      throw new FileSystemException(
          file.toString(),
          null,
          ("cannot be locked (" + e.getMessage() + "), so others could not be kept from writing ")
              + "here: choose a folder on another file system");
    }
    if (!locked) {
      throw HeldException.byAnother(file.toString(), holder(file));
    }
  }

  /** Which file has this name now. */
  private static Object identity(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file : key; // Windows has none, and deletes no file that is open
  }

  private static @Nullable Long holder(Path file) throws IOException {
    try {
      String pid = begin(file).lines().findFirst().orElse("");
      return pid.matches("[0-9]{1,18}") ? Long.valueOf(pid) : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static String begin(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LENGTH), StandardCharsets.ISO_8859_1);
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
    synchronized (HELD) {
      if (channel.isOpen()) {
        try (channel) {
          if (isThere()) {
            Files.deleteIfExists(file);
          }
        } finally {
          HELD.remove(place, this);
        }
      }
    }
  }
}
