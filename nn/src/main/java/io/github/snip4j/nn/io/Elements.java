package io.github.snip4j.nn.io;

import io.github.snip4j.core.io.HalfPrecision;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The types of elements that tensors in files have, and how their bytes become floats. */
enum Elements {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  final int bytes;

  Elements(int bytes) {
    this.bytes = bytes;
  }

  /** The type of a name of safetensors; null if there is none. */
  static @Nullable Elements named(String name) {
    for (Elements one : values()) {
      if (one.name().equals(name.toUpperCase(Locale.ROOT))) {
        return one;
      }
    }
    return null;
  }

  /** A tensor from little-endian bytes, of which there are as many as it has. */
  Tensor tensor(Shape shape, ByteBuffer bytesOfIt) {
    ByteBuffer in = bytesOfIt.order(ByteOrder.LITTLE_ENDIAN);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.put(i, next(in));
    }
    return tensor;
  }

  private float next(ByteBuffer in) {
    return switch (this) {
      case F64 -> (float) in.getDouble();
      case F32 -> in.getFloat();
      case F16 -> HalfPrecision.toFloat(in.getShort(), false);
      case BF16 -> HalfPrecision.toFloat(in.getShort(), true);
      case I64 -> in.getLong();
      case I32 -> in.getInt();
      case I16 -> in.getShort();
      case I8 -> in.get();
      case U8, BOOL -> in.get() & 0xff;
    };
  }
}
