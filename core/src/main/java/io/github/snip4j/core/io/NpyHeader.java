package io.github.snip4j.core.io;

import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The head of a {@code .npy} array: element type and shape (NumPy's format, versions 1 to 3).
 *
 * @param columnsFirst whether the first axis runs fastest (NumPy's {@code fortran_order})
 * @param length bytes from the start of the array's file to its first element
 */
record NpyHeader(NpyType type, boolean columnsFirst, Shape shape, int length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|(\\[))");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** The row-major position of the element that stands at this place of the file. */
  int rowMajor(int place) {
    if (!columnsFirst) {
      return place;
    }
    int position = 0;
    int stride = shape.size();
    int[] dims = shape.toArray();
    for (int dim : dims) { // the first axis runs fastest in the file, and slowest in ours
      stride /= dim;
      position += place % dim * stride;
      place /= dim;
    }
    return position;
  }

  /** The head as bytes, padded as NumPy does so that the elements start at a multiple of 64. */
  static byte[] encode(String type, Shape shape) {
    String dims =
        Arrays.stream(shape.toArray()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String tuple = shape.rank() == 1 ? dims + "," : dims;
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
    int unpadded = MAGIC.length + 4 + text.length() + 1;
    int padding = (64 - unpadded % 64) % 64;
    byte[] line = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] head = Arrays.copyOf(MAGIC, MAGIC.length + 4 + line.length);
    head[6] = 1;
    head[8] = (byte) line.length;
    head[9] = (byte) (line.length >> 8);
    System.arraycopy(line, 0, head, MAGIC.length + 4, line.length);
    return head;
  }

  static NpyHeader read(EntryReader in) throws IOException {
    byte[] magic = in.bytes(MAGIC.length + 2, "the head of a .npy array");
    if (!Arrays.equals(magic, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw in.bad(0, "\\x93NUMPY, the mark of a .npy array", "other bytes");
    }
    int version = magic[6];
    if (version < 1 || version > 3) {
      throw in.bad(6, "format version 1, 2 or 3", "version " + version);
    }
    long length = in.littleEndian(version == 1 ? 2 : 4);
    if (length > LONGEST) {
      throw in.bad(8, "a head of at most " + LONGEST + " bytes", length + " bytes");
    }
    int at = (int) in.position();
    String text =
        new String(in.bytes((int) length, "the array's description"), StandardCharsets.UTF_8);
    String type = find(in, at, "an element type", TYPE, text);
    boolean columnsFirst = find(in, at, "an order", ORDER, text).equals("True");
    Shape shape = shape(in, at, find(in, at, "a shape", SHAPE, text));
    return new NpyHeader(NpyType.of(type), columnsFirst, shape, (int) in.position());
  }

  private static String find(EntryReader in, int at, String what, Pattern pattern, String text)
      throws BadFileException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw in.bad(at, what + " in the array's description", "none");
    }
    return matcher.group(1) == null ? "" : matcher.group(1);
  }

  private static Shape shape(EntryReader in, int at, String tuple) throws BadFileException {
    try {
      return Shape.of(
          NUMBER.matcher(tuple).results().mapToInt(r -> Integer.parseInt(r.group())).toArray());
    } catch (IllegalArgumentException e) { // a number too long for an int, or too many elements
      throw in.bad(at, "a shape of at most 2^31-1 elements", "(" + tuple + ")");
    }
  }
}
