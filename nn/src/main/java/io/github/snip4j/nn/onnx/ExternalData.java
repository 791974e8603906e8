package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that lie beside an ONNX file, in files of their own. They may lie in its folder and below,
 * and nowhere else: neither by a path that leads out nor by a symbolic link.
 */
class ExternalData {
  private final String file;
  private final @Nullable Path folder;
  private long bytes;

  /**
   * @param file for messages
   * @param folder that of the file; null where there is none, as of a stream
   */
  ExternalData(String file, @Nullable Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /** How many bytes were read. */
  long bytes() {
    return bytes;
  }

  /**
   * The bytes of an array.
   *
   * @param array for messages
   * @param place what the file says: {@code location}, perhaps {@code offset} and {@code length}
   */
  ByteBuffer read(String array, Map<String, String> place, long expected) throws IOException {
    String location = place.getOrDefault("location", "");
    Path path = path(array, location);
    long offset = number(array, place, "offset", 0);
    long length = number(array, place, "length", expected);
    long there = Files.size(path);
    if (length != expected || offset > there || length > there - offset) {
      throw new BadFileException(
          file,
          (array + " should be " + expected + " bytes of '" + location + "'")
              + (": found " + length + " from " + offset + " on, of " + there));
    }
    if (expected > Integer.MAX_VALUE) {
      throw new BadFileException(file, array + " has more than 2^31-1 bytes");
    }
    ByteBuffer all = ByteBuffer.allocate((int) expected);
    try (SeekableByteChannel in = Files.newByteChannel(path)) {
      in.position(offset);
      while (all.hasRemaining()) {
        if (in.read(all) < 0) {
          throw new BadFileException(file, array + ": '" + location + "' ends early");
        }
      }
    }
    bytes += expected;
    return all.flip();
  }

  private Path path(String array, String location) throws IOException {
    if (folder == null) {
      throw new BadFileException(
          file, array + " lies in another file, '" + location + "': read the model by its path");
    }
    try {
      Path real = folder.toRealPath();
      Path path = real.resolve(location).normalize();
      boolean within = !location.isEmpty() && path.startsWith(real) && !path.equals(real);
      if (within
          && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && path.toRealPath().startsWith(real)) {
        return path;
      }
      throw new BadFileException(
          file,
          (array + " lies in '" + location + "'")
              + (within
                  ? ", which is no file in the folder of the model"
                  : ", outside the folder of the model: expected a file within it"));
    } catch (InvalidPathException e) {
      throw new BadFileException(file, array + " lies in '" + location + "', which is no path");
    }
  }

  private long number(String array, Map<String, String> place, String key, long otherwise)
      throws BadFileException {
    String text = place.get(key);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new BadFileException(file, array + ": " + key + " '" + text + "' is no whole number");
    }
    return Long.parseLong(text);
  }
}
