package io.github.snip4j.core.io;

import io.github.snip4j.core.tensor.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads {@code .npz} archives that nobody vouches for.
 *
 * <p>Implementation note: memory is set aside for an array only when its size agrees with the
 * archive's directory, and the directory with the length of the file (deflate packs at most 1,032
 * bytes into one). Java's ZipFile does not verify checksums, so this does.
 */
final class NpzReader {
  private static final String SUFFIX = ".npy";
  private static final int DEFLATE_LIMIT = 1032;
  private static final int BUFFER = 1 << 16; // a multiple of every element size

  private NpzReader() {}

  static Npz read(Path file) throws IOException {
    long fileLength = Files.size(file);
    if (!Files.isRegularFile(file)) {
      throw new BadFileException(file.toString(), "is not a file");
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Npz npz = new Npz(file.toString());
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        readEntry(zip, entries.nextElement(), file.toString(), fileLength, npz);
      }
      return npz;
    } catch (EOFException e) { // an entry that the directory places beyond the end
      throw new BadFileException(file.toString(), "an array lies beyond the end of the file");
    } catch (IllegalArgumentException e) { // a name or comment that is no text
      throw new BadFileException(file.toString(), "its directory is damaged: " + e.getMessage());
    } catch (ZipException e) {
      throw new BadFileException(
          file.toString(),
          fileLength,
          "the end of a zip archive (is the file complete, and is it .npz?)",
          e.getMessage() == null ? "none" : "\"" + e.getMessage() + "\"");
    }
  }

  private static void readEntry(ZipFile zip, ZipEntry entry, String file, long fileLength, Npz npz)
      throws IOException {
    String name = entry.getName();
    if (!name.endsWith(SUFFIX)) {
      throw new BadFileException(file, "'" + name + "' is not a .npy array");
    }
    name = name.substring(0, name.length() - SUFFIX.length());
    String place = file + ", array '" + name + "'";
    if (npz.names().contains(name)) {
      throw new BadFileException(place, "stands in the archive twice");
    }
    if (entry.getCompressedSize() > fileLength
        || entry.getSize() > DEFLATE_LIMIT * (entry.getCompressedSize() + 1)) {
      throw new BadFileException(
          place,
          ("the archive claims " + entry.getSize() + " bytes, packed in ")
              + (entry.getCompressedSize() + "; the file has " + fileLength));
    }
    EntryReader in = new EntryReader(zip.getInputStream(entry), place);
    NpyHeader header = NpyHeader.read(in);
    long claimed = (long) header.shape().size() * header.elementSize();
    if (claimed != entry.getSize() - header.length()) {
      throw in.bad(
          header.length(),
          claimed + " bytes for " + header.shape() + " of " + header.type(),
          (entry.getSize() - header.length()) + " bytes");
    }
    readValues(in, header, name, npz);
    if (!in.atEnd() || in.checksum() != entry.getCrc()) {
      throw new BadFileException(place, "is damaged: its checksum differs from the archive's");
    }
  }

  private static void readValues(EntryReader in, NpyHeader header, String name, Npz npz)
      throws IOException {
    Shape shape = header.shape();
    boolean real = header.type().charAt(1) == 'f';
    float[] reals = new float[real ? shape.size() : 0];
    int[] wholes = new int[real ? 0 : shape.size()];
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    int perBuffer = BUFFER / header.elementSize();
    for (int from = 0; from < shape.size(); from += perBuffer) {
      int count = Math.min(perBuffer, shape.size() - from);
      long position = in.position();
      in.fill(buffer.array(), count * header.elementSize(), "values");
      buffer.clear();
      for (int i = from; i < from + count; i++) {
        switch (header.type()) {
          case "<f4" -> reals[header.rowMajor(i)] = buffer.getFloat();
          case "<f8" -> reals[header.rowMajor(i)] = (float) buffer.getDouble();
          case "<i4" -> wholes[header.rowMajor(i)] = buffer.getInt();
          case "<i8" ->
              wholes[header.rowMajor(i)] = narrow(buffer.getLong(), in, position + 8L * (i - from));
          default -> wholes[header.rowMajor(i)] = buffer.get() & 0xff;
        }
      }
    }
    if (real) {
      npz.put(name, shape, reals);
    } else {
      npz.put(name, shape, wholes);
    }
  }

  private static int narrow(long value, EntryReader in, long offset) throws BadFileException {
    if (value != (int) value) {
      throw in.bad(offset, "a number that fits 32 bits", String.valueOf(value));
    }
    return (int) value;
  }
}
