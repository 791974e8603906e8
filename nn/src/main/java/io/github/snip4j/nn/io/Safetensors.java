package io.github.snip4j.nn.io;

import io.github.snip4j.core.io.AtomicFile;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of the format safetensors: the length of a head as 8 bytes, the head, a JSON object that
 * says type, shape and place of each tensor, then the bytes of all tensors without gaps.
 *
 * <p>Source: <i>Safetensors, format</i>.
 */
public final class Safetensors {
  private static final int LONGEST_HEAD = 100_000_000; // the format's own limit
  private static final String METADATA = "__metadata__";

  private Safetensors() {}

  /**
   * The tensors of a file, in its order.
   *
   * @throws BadFileException if it is no such file or is damaged
   * @throws IOException if it cannot be read
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    long length = all.length < 8 ? -1 : in.getLong();
    if (length < 2 || length > LONGEST_HEAD || length > in.remaining()) {
      throw new BadFileException(
          file.toString(), 0, "the length of a head within the file", length + " bytes");
    }
    String head = new String(all, 8, (int) length, StandardCharsets.UTF_8);
    Object object = new JsonReader(file.toString(), head).value();
    if (!(object instanceof Map<?, ?> entries)) {
      throw new BadFileException(file.toString(), "its head is no JSON object");
    }
    int begin = 8 + (int) length;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (!name.equals(METADATA)) {
        tensors.put(name, tensor(file, name, entry.getValue(), all, begin));
      }
    }
    return tensors;
  }

  private static Tensor tensor(Path file, String name, Object entry, byte[] all, int begin)
      throws BadFileException {
    String place = "tensor '" + name + "': ";
    if (!(entry instanceof Map<?, ?> says)
        || !(says.get("dtype") instanceof String type)
        || !(says.get("shape") instanceof List<?> dims)
        || !(says.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2) {
      throw new BadFileException(file.toString(), place + "expected dtype, shape and data_offsets");
    }
    Elements elements = Elements.named(type);
    if (elements == null) {
      throw new BadFileException(file.toString(), place + "elements of type " + type);
    }
    Shape shape = shape(file, place, dims);
    long from = whole(file, place, offsets.get(0));
    long to = whole(file, place, offsets.get(1));
    long expected = (long) shape.size() * elements.bytes;
    if (from > to || to > all.length - begin || to - from != expected) {
      throw new BadFileException(
          file.toString(),
          (place + "bytes " + from + " to " + to + " of " + (all.length - begin))
              + (": expected " + expected + " bytes for " + shape + " of " + type));
    }
    return elements.tensor(shape, ByteBuffer.wrap(all, begin + (int) from, (int) expected).slice());
  }

  private static Shape shape(Path file, String place, List<?> dims) throws BadFileException {
    int[] lengths = new int[dims.size()];
    for (int i = 0; i < lengths.length; i++) {
      long length = whole(file, place, dims.get(i));
      if (length > Integer.MAX_VALUE) {
        throw new BadFileException(file.toString(), place + "an axis of length " + length);
      }
      lengths[i] = (int) length;
    }
    try {
      return Shape.of(lengths);
    } catch (IllegalArgumentException e) {
      throw new BadFileException(file.toString(), place + e.getMessage());
    }
  }

  private static long whole(Path file, String place, Object number) throws BadFileException {
    if (number instanceof Double d && d >= 0 && d == Math.rint(d) && d < 0x1p53) {
      return d.longValue();
    }
    throw new BadFileException(
        file.toString(), place + "'" + number + "': expected a whole number of 0 or more");
  }

  /**
   * Writes tensors as float32, whole or not at all.
   *
   * @throws IOException if the file cannot be written; what was there before is then untouched
   */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    AtomicFile.write(file, out -> write(out, tensors));
  }

  private static void write(OutputStream out, Map<String, Tensor> tensors) throws IOException {
    StringBuilder head = new StringBuilder("{");
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long end = at + (long) Float.BYTES * entry.getValue().size();
      head.append(head.length() > 1 ? "," : "")
          .append(JsonReader.quoted(entry.getKey()))
          .append(":{\"dtype\":\"F32\",\"shape\":")
          .append(entry.getValue().shape().toString().replace(" ", ""))
          .append(",\"data_offsets\":[")
          .append(at)
          .append(',')
          .append(end)
          .append("]}");
      at = end;
    }
    head.append('}');
    int bytes = head.toString().getBytes(StandardCharsets.UTF_8).length;
    head.append(" ".repeat((8 - bytes % 8) % 8)); // tensors begin at a multiple of 8
    byte[] utf8 = head.toString().getBytes(StandardCharsets.UTF_8);
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(utf8.length).array());
    out.write(utf8);
    for (Tensor tensor : tensors.values()) {
      ByteBuffer values = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, tensor.size()));
      values.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.toArray());
      out.write(values.array());
    }
  }
}
