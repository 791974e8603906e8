package io.github.snip4j.core.io;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The arrays of a {@code .npz} archive, by name, in the file's order: what {@code numpy.savez}
 * writes and {@code numpy.load} reads.
 *
 * <p>Real numbers become floats, whole numbers and booleans become ints.
 */
public final class Npz {
  private final String file;
  private final Map<String, Tensor> reals = new LinkedHashMap<>();
  private final Map<String, int[]> wholes = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  Npz(String file) {
    this.file = file;
  }

  /**
   * Reads a whole archive.
   *
   * @throws BadFileException if it is no archive, is cut short or damaged, or holds anything but
   *     arrays of the types {@code <f4 <f8 <i4 <i8 |u1 |b1}
   * @throws IOException if it cannot be read
   */
  public static Npz read(Path file) throws IOException {
    return NpzReader.read(file);
  }

  /**
   * Reads an archive that {@link NpzWriter#writeSealed} wrote.
   *
   * @throws BadFileException as {@link #read}, and if a single byte is not as it was written
   */
  public static Npz readSealed(Path file) throws IOException {
    Seal.check(file);
    return NpzReader.read(file);
  }

  void put(String name, Shape shape, float[] values) {
    shapes.put(name, shape);
    reals.put(name, Tensor.of(shape, values));
  }

  void put(String name, Shape shape, int[] values) {
    shapes.put(name, shape);
    wholes.put(name, values);
  }

  /** The names, without {@code .npy}. */
  public Set<String> names() {
    return Collections.unmodifiableSet(shapes.keySet());
  }

  /**
   * An array of real numbers; double precision was rounded to single.
   *
   * @throws BadFileException if there is none of this name, or it holds whole numbers
   */
  public Tensor floats(String name) throws BadFileException {
    Tensor tensor = reals.get(name);
    if (tensor == null) {
      throw missing(name, "float32 or float64");
    }
    return tensor;
  }

  /**
   * An array of real numbers, all of them finite.
   *
   * @throws BadFileException as {@link #floats}, and if one is infinite or not a number
   */
  public Tensor finiteFloats(String name) throws BadFileException {
    Tensor tensor = floats(name);
    for (int i = 0; i < tensor.size(); i++) {
      if (!Float.isFinite(tensor.at(i))) {
        throw new BadFileException(
            file, "array '" + name + "' holds " + tensor.at(i) + " at position " + i);
      }
    }
    return tensor;
  }

  /**
   * An array of whole numbers or booleans (0 and 1), row-major.
   *
   * @throws BadFileException if there is none of this name, or it holds real numbers
   */
  public int[] ints(String name) throws BadFileException {
    int[] values = wholes.get(name);
    if (values == null) {
      throw missing(name, "int32, int64, uint8 or bool");
    }
    return values.clone();
  }

  /**
   * A text that was written by {@link NpzWriter#put(String, String)}.
   *
   * @throws BadFileException as {@link #ints}, and if the bytes are no UTF-8
   */
  public String text(String name) throws BadFileException {
    int[] codes = ints(name);
    byte[] utf8 = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      utf8[i] = (byte) codes[i];
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new BadFileException(file, "array '" + name + "' must be a text in UTF-8");
    }
  }

  /**
   * The shape of any array.
   *
   * @throws BadFileException if there is none of this name
   */
  public Shape shape(String name) throws BadFileException {
    Shape shape = shapes.get(name);
    if (shape == null) {
      throw missing(name, "any type");
    }
    return shape;
  }

  private BadFileException missing(String name, String type) {
    return new BadFileException(
        file,
        shapes.containsKey(name)
            ? "array '" + name + "' must be " + type
            : "there is no array '" + name + "' among " + shapes.keySet());
  }
}
