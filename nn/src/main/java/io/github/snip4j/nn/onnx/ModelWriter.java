package io.github.snip4j.nn.onnx;

import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import io.github.snip4j.nn.onnx.OnnxModel.Node;
import io.github.snip4j.nn.onnx.OnnxModel.Port;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Makes the bytes of an ONNX file from its messages: what {@link ModelParser} reads. */
final class ModelWriter {
  private static final int IR_VERSION = 8; // of opset 17

  private ModelWriter() {}

  /** How a tensor is written. */
  private enum Form {
    WHOLE,
    /** What is not 0, and where. */
    SPARSE,
    /** Name, type and shape; the values are {@link #ELSEWHERE}. */
    SHAPE
  }

  /** Where the values of a tensor are of which only the shape is written. */
  static final String ELSEWHERE = "snip4j";

  /** All tensors with all their elements. */
  static byte[] bytes(OnnxModel model) {
    return bytes(model, Set.of());
  }

  /** The model with nothing but the shapes of some tensors. */
  static byte[] withoutValues(OnnxModel model, Set<String> names) {
    return bytes(model, name -> names.contains(name) ? Form.SHAPE : Form.WHOLE);
  }

  /**
   * The model as a file.
   *
   * @param sparse the names of tensors of which only what is not 0 is written
   */
  static byte[] bytes(OnnxModel model, Set<String> sparse) {
    return bytes(model, name -> sparse.contains(name) ? Form.SPARSE : Form.WHOLE);
  }

  private static byte[] bytes(OnnxModel model, Function<String, Form> forms) {
    WireWriter opset = new WireWriter().text(1, "").number(2, model.opset());
    return new WireWriter()
        .number(1, IR_VERSION)
        .text(2, "snip4j")
        .message(7, graph(model, forms))
        .message(8, opset)
        .toByteArray();
  }

  private static WireWriter graph(OnnxModel model, Function<String, Form> forms) {
    WireWriter out = new WireWriter();
    for (Node node : model.nodes()) {
      out.message(1, node(node, forms));
    }
    out.text(2, model.name());
    for (TensorData tensor : model.tensors().values()) {
      switch (forms.apply(tensor.name())) {
        case WHOLE -> out.message(5, tensor(tensor));
        case SPARSE -> out.message(15, sparse(tensor));
        case SHAPE -> out.message(5, shape(tensor));
      }
    }
    model.inputs().forEach(port -> out.message(11, port(port)));
    model.outputs().forEach(port -> out.message(12, port(port)));
    return out;
  }

  private static WireWriter node(Node node, Function<String, Form> forms) {
    WireWriter out = new WireWriter();
    node.inputs().forEach(name -> out.text(1, name));
    node.outputs().forEach(name -> out.text(2, name));
    out.text(3, node.name()).text(4, node.operator());
    for (Map.Entry<String, Attribute> entry : node.attributes().entrySet()) {
      Attribute attribute = entry.getValue();
      TensorData tensor = attribute.tensor();
      boolean shape = tensor != null && forms.apply(node.outputs().get(0)) == Form.SHAPE;
      out.message(5, attribute(entry.getKey(), attribute, shape));
    }
    return out.textIfAny(7, node.domain());
  }

  private static WireWriter attribute(String name, Attribute attribute, boolean shape) {
    WireWriter out = new WireWriter().text(1, name);
    switch (attribute.type()) {
      case Attribute.REAL -> out.real(2, attribute.real());
      case Attribute.NUMBER -> out.number(3, attribute.number());
      case Attribute.TEXT -> out.text(4, attribute.text());
      case Attribute.TENSOR -> {
        if (attribute.tensor() != null) {
          TensorData tensor = attribute.tensor();
          out.message(5, shape ? shape(tensor) : tensor(tensor));
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

  private static WireWriter shape(TensorData tensor) {
    return new WireWriter()
        .numbers(1, Arrays.stream(tensor.dims()).asLongStream().toArray())
        .number(2, TensorData.FLOAT)
        .text(8, tensor.name())
        .message(13, new WireWriter().text(1, "location").text(2, ELSEWHERE))
        .number(14, 1);
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
