package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.HalfPrecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Makes arrays from the messages TensorProto and SparseTensorProto. */
final class TensorParser {
  private static final int EXTERNAL = 1;
  private static final int MOST_AXES = 16;

  private final String file;
  private final ExternalData external;

  TensorParser(String file, ExternalData external) {
    this.file = file;
    this.external = external;
  }

  TensorData tensor(WireReader in) throws IOException {
    String name = "";
    int type = 0;
    LongStream.Builder lengths = LongStream.builder();
    LongStream.Builder wholes = LongStream.builder();
    DoubleStream.Builder reals = DoubleStream.builder();
    ByteBuffer raw = null;
    Map<String, String> place = new LinkedHashMap<>();
    boolean elsewhere = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> in.numbers(lengths);
        case 2 -> type = (int) in.number();
        case 4 -> in.reals(reals);
        case 5, 7 -> in.numbers(wholes);
        case 8 -> name = in.text();
        case 9 -> raw = in.content();
        case 10 -> in.doubles(reals);
        case 13 -> pair(in.message(), place);
        case 14 -> elsewhere = in.number() == EXTERNAL;
        default -> in.skip();
      }
    }
    String array = "array '" + name + "'";
    long[] dims = lengths.build().toArray();
    long size = size(array, dims);
    int bytes = bytesPerElement(array, type);
    if (elsewhere) {
      raw = external.read(array, place, Math.multiplyExact(size, bytes));
    }
    TensorData data =
        raw != null
            ? fromRaw(name, type, dims, raw, size, bytes)
            : fromFields(
                name, type, dims, floats(reals.build().toArray()), wholes.build().toArray());
    if (data.size() != size) {
      throw new BadFileException(
          file,
          array
              + " of "
              + Arrays.toString(dims)
              + ": expected "
              + size
              + " elements, found "
              + data.size());
    }
    return data;
  }

  /** Values in the fields of their type; half precision is there as bits of whole numbers. */
  private static TensorData fromFields(
      String name, int type, long[] dims, float[] reals, long[] wholes) {
    boolean brain = type == TensorData.BFLOAT16;
    if (type != TensorData.FLOAT16 && !brain) {
      return data(name, type, dims, reals, wholes);
    }
    float[] values = new float[wholes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfPrecision.toFloat((short) wholes[i], brain);
    }
    return data(name, type, dims, values, wholes);
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private TensorData fromRaw(
      String name, int type, long[] dims, ByteBuffer raw, long size, int bytes)
      throws BadFileException {
    if (raw.remaining() != size * bytes) {
      throw new BadFileException(
          file,
          ("array '" + name + "' of " + Arrays.toString(dims) + ": expected " + size * bytes)
              + (" bytes, found " + raw.remaining()));
    }
    ByteBuffer in = raw.order(ByteOrder.LITTLE_ENDIAN);
    TensorData empty = data(name, type, dims, new float[0], new long[0]);
    float[] reals = new float[empty.isReal() ? (int) size : 0];
    long[] wholes = new long[empty.isReal() ? 0 : (int) size];
    if (type == TensorData.FLOAT) {
      in.asFloatBuffer().get(reals);
    } else {
      for (int i = 0; i < size; i++) {
        switch (type) {
          case TensorData.DOUBLE -> reals[i] = (float) in.getDouble();
          case TensorData.FLOAT16 -> reals[i] = HalfPrecision.toFloat(in.getShort(), false);
          case TensorData.BFLOAT16 -> reals[i] = HalfPrecision.toFloat(in.getShort(), true);
          case TensorData.INT64 -> wholes[i] = in.getLong();
          case TensorData.INT32 -> wholes[i] = in.getInt();
          case TensorData.INT8 -> wholes[i] = in.get();
          default -> wholes[i] = in.get() & 0xff;
        }
      }
    }
    return data(name, type, dims, reals, wholes);
  }

  private static TensorData data(String name, int type, long[] dims, float[] reals, long[] wholes) {
    int[] lengths = Arrays.stream(dims).mapToInt(d -> (int) d).toArray(); // checked in size
    TensorData data = new TensorData(name, type, lengths, reals, wholes);
    return data.isReal()
        ? new TensorData(name, type, lengths, reals, new long[0])
        : new TensorData(name, type, lengths, new float[0], wholes);
  }

  /**
   * An array of which some elements are given, and the others are 0.
   *
   * <p>Its size is what its shape says and not what the file has; so it is limited.
   */
  TensorData sparse(WireReader in) throws IOException {
    TensorData values = null;
    TensorData indices = null;
    LongStream.Builder lengths = LongStream.builder();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> values = tensor(in.message());
        case 2 -> indices = tensor(in.message());
        case 3 -> in.numbers(lengths);
        default -> in.skip();
      }
    }
    long[] dims = lengths.build().toArray();
    if (values == null || !values.isReal() || indices == null || indices.isReal()) {
      throw new BadFileException(file, "a sparse array lacks its values or its indices");
    }
    String array = "sparse array '" + values.name() + "'";
    long size = size(array, dims);
    int kept = values.size();
    long most = 4096L * kept + (1 << 20);
    if (size > most) {
      throw new BadFileException(
          file,
          (array + " of " + Arrays.toString(dims) + " has " + size + " elements for " + kept)
              + (" values: expected at most " + most));
    }
    boolean linear = indices.dims().length == 1;
    int width = linear ? 1 : dims.length;
    if (indices.size() != (long) kept * width) {
      throw new BadFileException(
          file, array + ": " + indices.size() + " indices for " + kept + " values");
    }
    float[] all = new float[(int) size];
    for (int i = 0; i < kept; i++) {
      all[position(array, indices, i, linear, dims, (int) size)] = values.reals()[i];
    }
    return data(values.name(), TensorData.FLOAT, dims, all, new long[0]);
  }

  private int position(
      String array, TensorData indices, int i, boolean linear, long[] dims, int size)
      throws BadFileException {
    long position = 0;
    if (linear) {
      position = indices.wholes()[i];
    } else {
      for (int axis = 0; axis < dims.length; axis++) {
        long index = indices.wholes()[i * dims.length + axis];
        position = index < 0 || index >= dims[axis] ? size : position * dims[axis] + index;
        if (position >= size) {
          break;
        }
      }
    }
    if (position < 0 || position >= size) {
      throw new BadFileException(file, array + ": index " + i + " lies outside");
    }
    return (int) position;
  }

  private static void pair(WireReader in, Map<String, String> pairs) throws BadFileException {
    String key = "";
    String value = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    pairs.put(key, value);
  }

  private long size(String array, long[] dims) throws BadFileException {
    long size = 1;
    long extent = 1; // as if no axis were empty: strides must fit as well
    for (long dim : dims) {
      if (dim < 0 || dim > Integer.MAX_VALUE || extent * Math.max(1, dim) > Integer.MAX_VALUE) {
        throw new BadFileException(
            file, array + ": shape " + Arrays.toString(dims) + " has a length that cannot be");
      }
      size *= dim;
      extent *= Math.max(1, dim);
    }
    if (dims.length > MOST_AXES) {
      throw new BadFileException(file, array + " has " + dims.length + " axes");
    }
    return size;
  }

  private int bytesPerElement(String array, int type) throws BadFileException {
    @Nullable Integer bytes =
        switch (type) {
          case TensorData.FLOAT, TensorData.INT32 -> 4;
          case TensorData.INT64, TensorData.DOUBLE -> 8;
          case TensorData.FLOAT16, TensorData.BFLOAT16 -> 2;
          case TensorData.UINT8, TensorData.INT8, TensorData.BOOL -> 1;
          default -> null;
        };
    if (bytes == null) {
      throw new BadFileException(
          file,
          (array + " has elements of type " + type)
              + ": expected float, double, half precision, int32, int64, int8, uint8 or bool");
    }
    return bytes;
  }
}
