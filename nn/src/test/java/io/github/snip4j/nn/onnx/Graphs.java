package io.github.snip4j.nn.onnx;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import io.github.snip4j.nn.onnx.OnnxModel.Node;
import io.github.snip4j.nn.onnx.OnnxModel.Port;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small graphs made by hand: input {@code x}, output {@code y}. */
final class Graphs {
  private final long[] input;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, TensorData> tensors = new LinkedHashMap<>();
  private long opset = 17;

  private Graphs(long[] input) {
    this.input = input;
  }

  /** A graph whose input has these axes, the batch in front; -1 leaves its size open. */
  static Graphs of(long... input) {
    return new Graphs(input);
  }

  Graphs opset(long version) {
    opset = version;
    return this;
  }

  Graphs tensor(TensorData tensor) {
    tensors.put(tensor.name(), tensor);
    return this;
  }

  /** A tensor of numbers that follow each other in small steps. */
  Graphs weights(String name, int... dims) {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (i * 7 % 11 - 5) / 8f;
    }
    return tensor(TensorData.of(name, dims, values));
  }

  Graphs node(String operator, String inputs, String outputs) {
    return node(operator, inputs, outputs, Map.of());
  }

  /**
   * One more node.
   *
   * @param inputs names with a space between; "-" leaves one out
   */
  Graphs node(String operator, String inputs, String outputs, Map<String, Attribute> attributes) {
    nodes.add(
        new Node(
            "the-" + operator,
            operator,
            "",
            names(inputs),
            names(outputs),
            new LinkedHashMap<>(attributes)));
    return this;
  }

  private static List<String> names(String text) {
    return text.isEmpty()
        ? List.of()
        : List.of(text.split(" ")).stream().map(name -> name.equals("-") ? "" : name).toList();
  }

  OnnxModel model() {
    Port x = new Port("x", TensorData.FLOAT, input);
    Port y = new Port("y", TensorData.FLOAT, new long[] {-1, -1});
    return new OnnxModel("made", opset, nodes, tensors, List.of(x), List.of(y));
  }

  byte[] bytes() {
    return ModelWriter.bytes(model());
  }

  Network network() throws IOException {
    return OnnxFile.read("made.onnx", new ByteArrayInputStream(bytes()));
  }
}
