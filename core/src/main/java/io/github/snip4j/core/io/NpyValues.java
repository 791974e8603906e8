package io.github.snip4j.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the elements of an array, which follow its head, into row-major order. */
final class NpyValues {
  private static final int BUFFER = 1 << 16; // a multiple of every element size

  private final EntryReader in;
  private final NpyHeader head;
  private final int size;
  private final ByteBuffer buffer;

  private NpyValues(EntryReader in, NpyHeader head) {
    this.in = in;
    this.head = head;
    this.size = head.type().size();
    this.buffer = ByteBuffer.allocate(BUFFER).order(head.type().order());
  }

  /** Takes one element: where it stands in the buffer, in the array and in the file. */
  private interface Take {
    void one(int at, int place, long offset) throws IOException;
  }

  /** Real numbers as floats. */
  static float[] reals(EntryReader in, NpyHeader head) throws IOException {
    float[] values = new float[head.shape().size()];
    NpyValues reader = new NpyValues(in, head);
    ByteBuffer buffer = reader.buffer;
    reader.each(
        switch (head.type().size()) {
          case 2 ->
              (at, place, offset) ->
                  values[place] = HalfPrecision.toFloat(buffer.getShort(at), false);
          case 4 -> (at, place, offset) -> values[place] = buffer.getFloat(at);
          default ->
              (at, place, offset) -> values[place] = single(buffer.getDouble(at), in, offset);
        });
    return values;
  }

  /** Whole numbers, and booleans as 0 and 1, as ints. */
  static int[] wholes(EntryReader in, NpyHeader head) throws IOException {
    int[] values = new int[head.shape().size()];
    NpyValues reader = new NpyValues(in, head);
    ByteBuffer buffer = reader.buffer;
    boolean signed = head.type().kind() == 'i';
    reader.each(
        switch (head.type().size()) {
          case 1 ->
              (at, place, offset) ->
                  values[place] = signed ? buffer.get(at) : buffer.get(at) & 0xff;
          case 2 ->
              (at, place, offset) ->
                  values[place] = signed ? buffer.getShort(at) : buffer.getShort(at) & 0xffff;
          case 4 ->
              (at, place, offset) -> {
                int value = buffer.getInt(at);
                values[place] =
                    signed ? value : narrow(Integer.toUnsignedLong(value), true, in, offset);
              };
          default ->
              (at, place, offset) -> values[place] = narrow(buffer.getLong(at), signed, in, offset);
        });
    return values;
  }

  /** Unsigned bytes as they are. */
  static byte[] bytes(EntryReader in, NpyHeader head) throws IOException {
    byte[] values = new byte[head.shape().size()];
    NpyValues reader = new NpyValues(in, head);
    reader.each((at, place, offset) -> values[place] = reader.buffer.get(at));
    return values;
  }

  private void each(Take take) throws IOException {
    int all = head.shape().size();
    int perBuffer = BUFFER / size;
    for (int from = 0; from < all; from += perBuffer) {
      int count = Math.min(perBuffer, all - from);
      long position = in.position();
      in.fill(buffer.array(), count * size, "values");
      for (int i = 0; i < count; i++) {
        take.one(i * size, head.rowMajor(from + i), position + (long) i * size);
      }
    }
  }

  private static float single(double value, EntryReader in, long offset) throws BadFileException {
    float rounded = (float) value;
    if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
      throw in.bad(offset, "a number within the range of float32", String.valueOf(value));
    }
    return rounded;
  }

  private static int narrow(long value, boolean signed, EntryReader in, long offset)
      throws BadFileException {
    if (value != (int) value || (!signed && value < 0)) {
      String found = signed ? String.valueOf(value) : Long.toUnsignedString(value);
      throw in.bad(offset, "a number that fits 32 bits", found);
    }
    return (int) value;
  }
}
