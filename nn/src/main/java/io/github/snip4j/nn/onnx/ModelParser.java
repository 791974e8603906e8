package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import io.github.snip4j.nn.onnx.OnnxModel.Node;
import io.github.snip4j.nn.onnx.OnnxModel.Port;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Makes the messages of an ONNX file from its bytes [ONNX, <i>onnx.proto</i>, version 1.17]. */
final class ModelParser {
  private final String file;
  private final TensorParser tensors;

  private ModelParser(String file, TensorParser tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  /**
   * @param file for messages
   * @param external where arrays lie that are not in the file
   * @throws BadFileException if it is no ONNX file, is damaged, or holds what is not understood
   */
  static OnnxModel parse(String file, byte[] bytes, ExternalData external) throws IOException {
    return new ModelParser(file, new TensorParser(file, external))
        .model(WireReader.of(file, bytes));
  }

  private OnnxModel model(WireReader in) throws IOException {
    long opset = 0;
    WireReader graph = null;
    while (in.next()) {
      switch (in.field()) {
        case 7 -> graph = in.message();
        case 8 -> opset = Math.max(opset, opset(in.message()));
        case 20, 25 -> { // training information, functions of the file's own
          if (in.content().hasRemaining()) {
            throw new BadFileException(
                file, "has functions or a training part of its own: export the inference graph");
          }
        }
        default -> in.skip();
      }
    }
    if (graph == null) {
      throw new BadFileException(file, "holds no graph: it is no ONNX model");
    }
    return graph(graph, opset);
  }

  /** The version of ONNX's own operators; 0 if these are others. */
  private static long opset(WireReader in) throws BadFileException {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> domain = in.text();
        case 2 -> version = in.number();
        default -> in.skip();
      }
    }
    return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
  }

  private OnnxModel graph(WireReader in, long opset) throws IOException {
    String name = "";
    List<Node> nodes = new ArrayList<>();
    Map<String, TensorData> initializers = new LinkedHashMap<>();
    List<Port> inputs = new ArrayList<>();
    List<Port> outputs = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nodes.add(node(in.message()));
        case 2 -> name = in.text();
        case 5 -> put(initializers, tensors.tensor(in.message()));
        case 11 -> inputs.add(port(in.message()));
        case 12 -> outputs.add(port(in.message()));
        case 15 -> put(initializers, tensors.sparse(in.message()));
        default -> in.skip();
      }
    }
    inputs.removeIf(input -> initializers.containsKey(input.name())); // a default, before IR 4
    return new OnnxModel(name, opset, nodes, initializers, inputs, outputs);
  }

  private void put(Map<String, TensorData> initializers, TensorData tensor)
      throws BadFileException {
    if (initializers.put(tensor.name(), tensor) != null) {
      throw new BadFileException(file, "two initializers are called '" + tensor.name() + "'");
    }
  }

  private Node node(WireReader in) throws IOException {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    String name = "";
    String operator = "";
    String domain = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> inputs.add(in.text());
        case 2 -> outputs.add(in.text());
        case 3 -> name = in.text();
        case 4 -> operator = in.text();
        case 5 -> attribute(in.message(), attributes);
        case 7 -> domain = in.text();
        default -> in.skip();
      }
    }
    domain = domain.equals("ai.onnx") ? "" : domain;
    return new Node(name, operator, domain, inputs, outputs, attributes);
  }

  private void attribute(WireReader in, Map<String, Attribute> attributes) throws IOException {
    String name = "";
    int type = 0;
    long number = 0;
    float real = 0;
    String text = "";
    TensorData tensor = null;
    LongStream.Builder numbers = LongStream.builder();
    DoubleStream.Builder reals = DoubleStream.builder();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> real = in.real();
        case 3 -> number = in.number();
        case 4 -> text = in.text();
        case 5 -> tensor = tensors.tensor(in.message());
        case 7 -> in.reals(reals);
        case 8 -> in.numbers(numbers);
        case 20 -> type = (int) in.number();
        default -> in.skip();
      }
    }
    if (type == Attribute.TENSOR && tensor == null) {
      throw new BadFileException(file, "attribute '" + name + "' holds no array");
    }
    attributes.put(
        name,
        new Attribute(
            type,
            number,
            real,
            text,
            tensor,
            numbers.build().toArray(),
            TensorParser.floats(reals.build().toArray())));
  }

  private static Port port(WireReader in) throws BadFileException {
    String name = "";
    int type = 0;
    long[] dims = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> {
          WireReader kind = in.message();
          while (kind.next()) {
            if (kind.field() != 1) { // not a tensor
              kind.skip();
              continue;
            }
            WireReader array = kind.message();
            while (array.next()) {
              switch (array.field()) {
                case 1 -> type = (int) array.number();
                case 2 -> dims = dims(array.message());
                default -> array.skip();
              }
            }
          }
        }
        default -> in.skip();
      }
    }
    return new Port(name, type, dims);
  }

  private static long[] dims(WireReader in) throws BadFileException {
    LongStream.Builder dims = LongStream.builder();
    while (in.next()) {
      if (in.field() != 1) {
        in.skip();
        continue;
      }
      @Nullable Long length = null;
      WireReader dim = in.message();
      while (dim.next()) {
        if (dim.field() == 1) {
          length = dim.number();
        } else {
          dim.skip();
        }
      }
      dims.add(length == null ? -1 : length);
    }
    return dims.build().toArray();
  }
}
