package io.github.snip4j.nn.onnx;

import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import io.github.snip4j.nn.onnx.OnnxModel.Node;
import io.github.snip4j.nn.onnx.OnnxModel.Port;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Makes the bytes of an ONNX file from its messages: what {@link ModelParser} reads. */
final class ModelWriter {
  private static final int IR_VERSION = 8; // of opset 17

  private ModelWriter() {}

  /** All tensors with all their elements. */
  static byte[] bytes(OnnxModel model) {
    return bytes(model, Set.of());
  }

  /**
   * The model as a file.
   *
   * @param sparse the names of tensors of which only what is not 0 is written
   */
  static byte[] bytes(OnnxModel model, Set<String> sparse) {
    WireWriter opset = new WireWriter().text(1, "").number(2, model.opset());
    return new WireWriter()
        .number(1, IR_VERSION)
        .text(2, "snip4j")
        .message(7, graph(model, sparse))
        .message(8, opset)
        .toByteArray();
  }

  private static WireWriter graph(OnnxModel model, Set<String> sparse) {
    WireWriter out = new WireWriter();
    for (Node node : model.nodes()) {
      out.message(1, node(node));
    }
    out.text(2, model.name());
    for (TensorData tensor : model.tensors().values()) {
      if (sparse.contains(tensor.name())) {
        out.message(15, sparse(tensor));
      } else {
        out.message(5, tensor(tensor));
      }
    }
    model.inputs().forEach(port -> out.message(11, port(port)));
    model.outputs().forEach(port -> out.message(12, port(port)));
    return out;
  }

  private static WireWriter node(Node node) {
    WireWriter out = new WireWriter();
    node.inputs().forEach(name -> out.text(1, name));
    node.outputs().forEach(name -> out.text(2, name));
    out.text(3, node.name()).text(4, node.operator());
    for (Map.Entry<String, Attribute> entry : node.attributes().entrySet()) {
      out.message(5, attribute(entry.getKey(), entry.getValue()));
    }
    return out.textIfAny(7, node.domain());
  }

  private static WireWriter attribute(String name, Attribute attribute) {
    WireWriter out = new WireWriter().text(1, name);
    switch (attribute.type()) {
      case Attribute.REAL -> out.real(2, attribute.real());
      case Attribute.NUMBER -> out.number(3, attribute.number());
      case Attribute.TEXT -> out.text(4, attribute.text());
      case Attribute.TENSOR -> {
        if (attribute.tensor() != null) {
          out.message(5, tensor(attribute.tensor()));
        }
      }
      case Attribute.REALS -> out.reals(7, attribute.reals());
      case Attribute.NUMBERS -> out.numbers(8, attribute.numbers());
      default -> throw new IllegalArgumentException(name + ": type " + attribute.type());
    }
    return out.number(20, attribute.type());
  }

  private static WireWriter tensor(TensorData tensor) {
    boolean real = tensor.isReal();
    boolean bool = tensor.type() == TensorData.BOOL;
    WireWriter out =
        new WireWriter()
            .numbers(1, Arrays.stream(tensor.dims()).asLongStream().toArray())
            .number(2, real ? TensorData.FLOAT : bool ? TensorData.BOOL : TensorData.INT64)
            .text(8, tensor.name());
    int each = real ? Float.BYTES : bool ? 1 : Long.BYTES;
    ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(tensor.size(), each));
    raw.order(ByteOrder.LITTLE_ENDIAN);
    if (real) {
      raw.asFloatBuffer().put(tensor.reals());
    } else if (bool) {
      for (long value : tensor.wholes()) {
        raw.put((byte) value);
      }
    } else {
      raw.asLongBuffer().put(tensor.wholes());
    }
    return out.bytes(9, raw.array());
  }

  /** The elements that are not 0, and their row-major positions. */
  private static WireWriter sparse(TensorData tensor) {
    float[] all = tensor.reals();
    float[] values = new float[all.length];
    long[] positions = new long[all.length];
    int kept = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] != 0) {
        values[kept] = all[i];
        positions[kept++] = i;
      }
    }
    int[] dims = {kept};
    TensorData what = TensorData.of(tensor.name(), dims, Arrays.copyOf(values, kept));
    TensorData where = TensorData.of("", dims, Arrays.copyOf(positions, kept));
    return new WireWriter()
        .message(1, tensor(what))
        .message(2, tensor(where))
        .numbers(3, Arrays.stream(tensor.dims()).asLongStream().toArray());
  }

  private static WireWriter port(Port port) {
    WireWriter shape = new WireWriter();
    long[] dims = port.dims();
    if (dims != null) {
      for (long dim : dims) {
        shape.message(1, dim < 0 ? new WireWriter().text(2, "N") : new WireWriter().number(1, dim));
      }
    }
    WireWriter tensor = new WireWriter().number(1, port.type()).message(2, shape);
    return new WireWriter().text(1, port.name()).message(2, new WireWriter().message(1, tensor));
  }
}
