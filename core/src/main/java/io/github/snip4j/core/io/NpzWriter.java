package io.github.snip4j.core.io;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Collects arrays and writes them as a {@code .npz} archive.
 *
 * <p>The same arrays give the same bytes, everywhere, unless they are {@linkplain #pack packed}:
 * entries are in the order of the calls, unpacked (as {@code numpy.savez} leaves them), and carry
 * the date with which zip's calendar begins.
 */
public final class NpzWriter {
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Map<String, Supplier<byte[]>> entries = new LinkedHashMap<>();
  private final Set<String> packed = new HashSet<>();

  /**
   * Adds an array of float32; it is read when the archive is written.
   *
   * @throws IllegalArgumentException if there is one of this name already
   */
  public NpzWriter put(String name, Tensor tensor) {
    return put(
        name,
        "<f4",
        tensor.shape(),
        bytes -> bytes.asFloatBuffer().put(tensor.data(), tensor.offset(), tensor.size()));
  }

  /**
   * Adds an array of booleans, row-major; an array of this name is an error, as in {@link
   * #put(String, Tensor)}.
   */
  public NpzWriter put(String name, Shape shape, boolean[] values) {
    return put(
        name,
        "|b1",
        shape,
        bytes -> {
          for (boolean value : values) {
            bytes.put((byte) (value ? 1 : 0));
          }
        });
  }

  /**
   * Adds a vector of int32; an array of this name is an error, as in {@link #put(String, Tensor)}.
   */
  public NpzWriter put(String name, int[] values) {
    return put(name, "<i4", Shape.of(values.length), bytes -> bytes.asIntBuffer().put(values));
  }

  /**
   * Adds a text, as the bytes (uint8) of its UTF-8; an array of this name is an error, as in {@link
   * #put(String, Tensor)}.
   */
  public NpzWriter put(String name, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return put(name, "|u1", Shape.of(utf8.length), bytes -> bytes.put(utf8));
  }

  /**
   * Lets an array that was added take less room, as {@code numpy.savez_compressed} does: for one
   * with many zeros. Its bytes may differ between versions of Java's zlib, its values do not.
   */
  public NpzWriter pack(String name) {
    packed.add(name);
    return this;
  }

  private NpzWriter put(String name, String type, Shape shape, Consumer<ByteBuffer> values) {
    Supplier<byte[]> content =
        () -> {
          byte[] header = NpyHeader.encode(type, shape);
          int elementSize = NpyType.of(type).size();
          int size = Math.addExact(header.length, Math.multiplyExact(shape.size(), elementSize));
          byte[] bytes = Arrays.copyOf(header, size);
          values.accept(
              ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(header.length));
          return bytes;
        };
    if (entries.putIfAbsent(name, content) != null) {
      throw new IllegalArgumentException("npz: there is an array '" + name + "' already");
    }
    return this;
  }

  /**
   * Writes the archive, whole or not at all.
   *
   * @throws IOException if it cannot be written; what was there before is then untouched
   */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, out -> writeTo(out, ""));
  }

  /** Writes the archive to a stream, which stays open. */
  public void write(OutputStream out) throws IOException {
    writeTo(out, "");
  }

  /**
   * Writes the archive, whole or not at all, with a {@link Seal} in its comment: {@link
   * Npz#readSealed} then vouches for every byte.
   *
   * @throws IOException as {@link #write}
   */
  public void writeSealed(Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          Seal.Output sealed = new Seal.Output(out);
          writeTo(sealed, Seal.PLACE);
          sealed.finish();
        });
  }

  private void writeTo(OutputStream out, String comment) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setComment(comment);
    for (Map.Entry<String, Supplier<byte[]>> entry : entries.entrySet()) {
      byte[] bytes = entry.getValue().get();
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      ZipEntry head = new ZipEntry(entry.getKey() + ".npy");
      head.setMethod(packed.contains(entry.getKey()) ? ZipEntry.DEFLATED : ZipEntry.STORED);
      head.setSize(bytes.length);
      head.setCrc(checksum.getValue());
      head.setTimeLocal(DATE);
      zip.putNextEntry(head);
      zip.write(bytes);
      zip.closeEntry();
    }
    zip.finish();
  }
}
