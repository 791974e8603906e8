package io.github.snip4j.core.io;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code .npz} archives that nobody vouches for.
 *
 * <p>Implementation note: all that the directory claims to be packed must fit into the file, each
 * byte once, and deflate packs at most 1,032 bytes into one. So memory is set aside for an array
 * only in proportion to the file, and to the part of it that holds this array. Java's ZipFile does
 * not verify checksums, so this does. Each array opens the file anew: an archive that nobody closes
 * holds nothing open.
 */
final class NpzReader {
  private static final String SUFFIX = ".npy";
  private static final int DEFLATE_LIMIT = 1032;
  private static final int SMALLEST_HEAD = 30; // of an entry, before its name

  private final Path file;
  private final List<@Nullable Object> state;
  private final Map<String, ZipEntry> entries;

  private NpzReader(Path file, List<@Nullable Object> state, Map<String, ZipEntry> entries) {
    this.file = file;
    this.state = state;
    this.entries = entries;
  }

  /** What reads an array of an archive that is open. */
  private interface Reading<T> {
    T from(ZipFile zip) throws IOException;
  }

  static NpzReader open(Path file) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new BadFileException(file.toString(), "is not a file");
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    List<@Nullable Object> state = stateOf(file);
    return opened(file, zip -> new NpzReader(file, state, entries(zip, file)));
  }

  /** The archive's arrays by name, without {@code .npy}. */
  Map<String, ZipEntry> entries() {
    return entries;
  }

  Shape shape(ZipEntry array) throws IOException {
    return opened(file, zip -> NpyHeader.read(content(zip, array)).shape());
  }

  boolean isReal(ZipEntry array) throws IOException {
    return opened(file, zip -> NpyHeader.read(content(zip, array)).type().isReal());
  }

  boolean isBytes(ZipEntry array) throws IOException {
    NpyType type = opened(file, zip -> NpyHeader.read(content(zip, array)).type());
    return type.kind() == 'u' && type.size() == 1;
  }

  byte[] bytes(ZipEntry array) throws IOException {
    return opened(
        file,
        zip -> {
          EntryReader in = content(zip, array);
          NpyHeader head = head(in, array);
          if (head.type().kind() != 'u' || head.type().size() != 1) {
            throw bad(array, "must hold unsigned bytes, not " + head.type().words());
          }
          byte[] values = NpyValues.bytes(in, head);
          checkSum(in, array);
          return values;
        });
  }

  Tensor reals(ZipEntry array) throws IOException {
    return opened(
        file,
        zip -> {
          EntryReader in = content(zip, array);
          NpyHeader head = head(in, array);
          if (!head.type().isReal()) {
            throw bad(array, "must hold real numbers, not " + head.type().words());
          }
          float[] values = NpyValues.reals(in, head);
          checkSum(in, array);
          return Tensor.of(head.shape(), values);
        });
  }

  int[] wholes(ZipEntry array) throws IOException {
    return opened(
        file,
        zip -> {
          EntryReader in = content(zip, array);
          NpyHeader head = head(in, array);
          if (!head.type().isWhole()) {
            throw bad(array, "must hold whole numbers or booleans, not " + head.type().words());
          }
          int[] values = NpyValues.wholes(in, head);
          checkSum(in, array);
          return values;
        });
  }

  private static NpyHeader head(EntryReader in, ZipEntry array) throws IOException {
    NpyHeader head = NpyHeader.read(in);
    long size = array.getSize();
    long claimed = (long) head.shape().size() * head.type().size();
    boolean known = head.type().isReal() || head.type().isWhole();
    if (known && claimed != size - head.length()) {
      throw in.bad(
          head.length(),
          claimed + " bytes for " + head.shape() + " of " + head.type().words(),
          (size - head.length()) + " bytes");
    }
    return head;
  }

  private EntryReader content(ZipFile zip, ZipEntry array) throws IOException {
    if (!stateOf(file).equals(state)) {
      throw new BadFileException(file.toString(), "has changed while it was being read");
    }
    return new EntryReader(zip.getInputStream(array), place(file, nameOf(array)));
  }

  private void checkSum(EntryReader in, ZipEntry array) throws IOException {
    if (!in.atEnd() || in.checksum() != array.getCrc()) {
      throw bad(array, "is damaged: its checksum differs from the archive's");
    }
  }

  private BadFileException bad(ZipEntry array, String problem) {
    return new BadFileException(place(file, nameOf(array)), problem);
  }

  private static String nameOf(ZipEntry array) {
    String name = array.getName();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private static String place(Path file, String name) {
    return file + ", array '" + Printable.name(name) + "'";
  }

  /** What changes when somebody writes to the file, or puts another in its place. */
  private static List<@Nullable Object> stateOf(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return Arrays.asList(now.fileKey(), now.size(), now.lastModifiedTime());
  }

  private static <T> T opened(Path file, Reading<T> reading) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return reading.from(zip);
    } catch (EOFException e) { // an entry that the directory places beyond the end
      throw new BadFileException(file.toString(), "an array lies beyond the end of the file");
    } catch (IllegalArgumentException e) { // a name or comment that is no text
      throw new BadFileException(file.toString(), "its directory is damaged: " + e.getMessage());
    } catch (ZipException e) {
      throw new BadFileException(
          file.toString(),
          Files.size(file),
          "the end of a zip archive (is the file complete, and is it .npz?)",
          e.getMessage() == null ? "none" : "\"" + e.getMessage() + "\"");
    }
  }

  private static Map<String, ZipEntry> entries(ZipFile zip, Path file) throws IOException {
    long length = Files.size(file);
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    long packed = 0;
    Enumeration<? extends ZipEntry> all = zip.entries();
    while (all.hasMoreElements()) {
      ZipEntry entry = all.nextElement();
      if (!entry.getName().endsWith(SUFFIX)) {
        throw new BadFileException(
            file.toString(), "'" + Printable.name(entry.getName()) + "' is not a .npy array");
      }
      String name = nameOf(entry);
      if (entries.put(name, entry) != null) {
        throw new BadFileException(place(file, name), "stands in the archive twice");
      }
      if (entry.getCompressedSize() > length
          || entry.getSize() > DEFLATE_LIMIT * (entry.getCompressedSize() + 1)) {
        throw new BadFileException(
            place(file, name),
            ("the archive claims " + entry.getSize() + " bytes, packed in ")
                + (entry.getCompressedSize() + "; the file has " + length));
      }
      packed += SMALLEST_HEAD + entry.getName().length() + entry.getCompressedSize();
    }
    if (packed > length) {
      throw new BadFileException(
          file.toString(),
          ("its " + entries.size() + " arrays claim " + packed + " bytes, but the file has ")
              + (length + ": they lie over one another"));
    }
    return entries;
  }
}
