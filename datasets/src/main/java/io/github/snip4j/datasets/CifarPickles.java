package io.github.snip4j.datasets;

import io.github.snip4j.core.internal.pickle.Pickle;
import io.github.snip4j.core.io.BadFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The version of CIFAR for Python: a pickled dictionary of {@code data}, an array of NumPy's of
 * bytes, {@code [N, 3072]}, and a list of labels. Nothing in it is executed.
 */
final class CifarPickles {
  private static final Set<String> ARRAYS =
      Set.of("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct");

  private final String labelsName;
  private final List<String> classNames;
  private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
  private final IntStream.Builder labels = IntStream.builder();
  private int size;

  /**
   * Begins without pictures.
   *
   * @param labelsName which entry of the dictionary has the labels
   */
  CifarPickles(String labelsName, List<String> classNames) {
    this.labelsName = labelsName;
    this.classNames = classNames;
  }

  int size() {
    return size;
  }

  void add(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadFileException(String.valueOf(file.getParent()), "no file " + file.getFileName());
    }
    add(Files.readAllBytes(file), file.toString());
  }

  void add(byte[] pickle, String file) throws IOException {
    if (!(Pickle.read(file, pickle) instanceof Map<?, ?> dictionary)
        || !(dictionary.get(labelsName) instanceof List<?> numbers)) {
      throw new BadFileException(
          file, "is no dictionary with '" + labelsName + "': expected a file of CIFAR for Python");
    }
    ByteBuffer data = array(dictionary.get("data"), file);
    int each = CifarRecords.EXAMPLE.size();
    if (data.remaining() != (long) numbers.size() * each) {
      throw new BadFileException(
          file,
          ("has " + data.remaining() + " bytes of pictures for " + numbers.size() + " labels:")
              + (" expected " + each + " for each"));
    }
    for (int i = 0; i < numbers.size(); i++) {
      if (!(numbers.get(i) instanceof Long label) || label < 0 || label >= classNames.size()) {
        throw new BadFileException(
            file,
            "label of picture " + i + ": expected a number from 0 to " + (classNames.size() - 1));
      }
      labels.add(label.intValue());
    }
    if ((long) pixels.size() + data.remaining() > Integer.MAX_VALUE - 16) {
      throw new BadFileException(file, "has more than 2 GiB of pictures");
    }
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    pixels.writeBytes(bytes);
    size += numbers.size();
  }

  /** The bytes of an array of unsigned bytes, whose rows lie one after the other. */
  private static ByteBuffer array(@Nullable Object value, String file) throws BadFileException {
    if (value instanceof Pickle.Call call
        && call.callee() instanceof Pickle.Name name
        && ARRAYS.contains(name.text())
        && call.state() instanceof List<?> state // version, shape, type, by columns, bytes
        && state.size() == 5
        && state.get(2) instanceof Pickle.Call type
        && type.isOf("numpy.dtype")
        && !type.arguments().isEmpty()
        && text(type.arguments().get(0)).equals("u1")
        && !isTrue(state.get(3))
        && state.get(4) instanceof Pickle.Bytes bytes) {
      return bytes.buffer();
    }
    throw new BadFileException(
        file, "its 'data' is no array of unsigned bytes, row after row, as NumPy pickles them");
  }

  private static String text(Object value) {
    return value instanceof Pickle.Bytes bytes
        ? bytes.text()
        : value instanceof String text ? text : "";
  }

  /** Python 2 pickled truth as 0 and 1. */
  private static boolean isTrue(Object value) {
    return !Boolean.FALSE.equals(value) && !Long.valueOf(0).equals(value);
  }

  Dataset dataset() {
    return new Dataset(
        CifarRecords.EXAMPLE, classNames, pixels.toByteArray(), labels.build().toArray());
  }
}
