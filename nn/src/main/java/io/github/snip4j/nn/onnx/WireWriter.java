package io.github.snip4j.nn.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes one message in the wire format of Protocol Buffers: what {@link WireReader} reads. */
final class WireWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  byte[] toByteArray() {
    return out.toByteArray();
  }

  WireWriter number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  WireWriter real(int field, float value) {
    varint(((long) field << 3) | 5);
    byte[] four = new byte[Float.BYTES];
    ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    out.writeBytes(four);
    return this;
  }

  WireWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A text, unless it is empty. */
  WireWriter textIfAny(int field, String value) {
    return value.isEmpty() ? this : text(field, value);
  }

  WireWriter bytes(int field, byte[] value) {
    varint(((long) field << 3) | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  WireWriter message(int field, WireWriter value) {
    return bytes(field, value.toByteArray());
  }

  /** Whole numbers in one field. */
  WireWriter numbers(int field, long[] values) {
    WireWriter packed = new WireWriter();
    for (long value : values) {
      packed.varint(value);
    }
    return message(field, packed);
  }

  /** Real numbers in one field. */
  WireWriter reals(int field, float[] values) {
    ByteBuffer packed = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    packed.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes(field, packed.array());
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
