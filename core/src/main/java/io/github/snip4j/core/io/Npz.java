package io.github.snip4j.core.io;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.zip.ZipEntry;

/**
 * The arrays of a {@code .npz} archive, by name, in the file's order: what {@code numpy.savez}
 * writes and {@code numpy.load} reads.
 *
 * <p>An array is read when it is asked for, and each time that it is; the file must stay as it is
 * until then. What nobody asks for costs nothing, and may be of a type that nothing here reads.
 *
 * <p>Real numbers of 16, 32 and 64 bits become floats; whole numbers of 8 to 64 bits, signed or
 * not, and booleans become ints. Both byte orders are read.
 */
public final class Npz {
  private final String file;
  private final NpzReader reader;

  private Npz(Path file) throws IOException {
    this.file = file.toString();
    this.reader = NpzReader.open(file);
  }

  /**
   * Reads an archive's directory.
   *
   * @throws BadFileException if it is no archive, is cut short, or claims more than it can hold
   * @throws IOException if it cannot be read
   */
  public static Npz read(Path file) throws IOException {
    return new Npz(file);
  }

  /**
   * Reads the directory of an archive that {@link NpzWriter#writeSealed} wrote.
   *
   * @throws BadFileException as {@link #read}, and if a single byte is not as it was written
   */
  public static Npz readSealed(Path file) throws IOException {
    Seal.check(file);
    return new Npz(file);
  }

  /** The names, without {@code .npy}. */
  public Set<String> names() {
    return Collections.unmodifiableSet(reader.entries().keySet());
  }

  /**
   * An array of real numbers; double precision is rounded to single, half precision is exact.
   *
   * @throws BadFileException if there is none of this name, it holds anything else or is damaged,
   *     or a number is beyond the range of float32
   * @throws IOException if the file cannot be read
   */
  public Tensor floats(String name) throws IOException {
    return reader.reals(array(name));
  }

  /**
   * An array of real numbers, all of them finite.
   *
   * @throws BadFileException as {@link #floats}, and if one is infinite or not a number
   */
  public Tensor finiteFloats(String name) throws IOException {
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
   * @throws BadFileException if there is none of this name, it holds anything else or is damaged,
   *     or a number needs more than 32 bits
   * @throws IOException if the file cannot be read
   */
  public int[] ints(String name) throws IOException {
    return reader.wholes(array(name));
  }

  /**
   * A text that was written by {@link NpzWriter#put(String, String)}.
   *
   * @throws BadFileException as {@link #ints}, and if the bytes are no UTF-8
   */
  public String text(String name) throws IOException {
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
   * The shape of an array, whatever its type; its values are not read.
   *
   * @throws BadFileException if there is none of this name, or it is no array
   * @throws IOException if the file cannot be read
   */
  public Shape shape(String name) throws IOException {
    return reader.shape(array(name));
  }

  /**
   * Whether an array holds real numbers, which {@link #floats} gives; errors as {@link #shape}.
   *
   * @throws IOException if the file cannot be read
   */
  public boolean isReal(String name) throws IOException {
    return reader.isReal(array(name));
  }

  /**
   * Whether an array holds unsigned bytes, which {@link #bytes} gives; errors as {@link #shape}.
   *
   * @throws IOException if the file cannot be read
   */
  public boolean isBytes(String name) throws IOException {
    return reader.isBytes(array(name));
  }

  /**
   * An array of unsigned bytes, row-major.
   *
   * @throws BadFileException if there is none of this name, it holds anything else or is damaged
   * @throws IOException if the file cannot be read
   */
  public byte[] bytes(String name) throws IOException {
    return reader.bytes(array(name));
  }

  private ZipEntry array(String name) throws BadFileException {
    ZipEntry array = reader.entries().get(name);
    if (array == null) {
      throw new BadFileException(
          file,
          ("there is no array '" + Printable.name(name) + "'; there is ")
              + (names().isEmpty() ? "none at all" : Printable.list(names())));
    }
    return array;
  }
}
