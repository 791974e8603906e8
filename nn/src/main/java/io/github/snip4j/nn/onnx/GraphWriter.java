package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import io.github.snip4j.nn.onnx.OnnxModel.Node;
import io.github.snip4j.nn.onnx.OnnxModel.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a graph of ONNX operators from what the layers of a network say of themselves: batch first,
 * for any number of examples, as in use. The network's tensors keep their names and shapes; where
 * an operator wants them otherwise, nodes cut and join them.
 */
final class GraphWriter {
  static final int OPSET = 17;

  private final Map<String, Tensor> state;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, TensorData> tensors = new LinkedHashMap<>();
  private int values;

  private GraphWriter(Map<String, Tensor> state) {
    this.state = state;
  }

  /**
   * The network as a graph.
   *
   * @throws IllegalArgumentException if ONNX has no operators for one of its layers, or none that
   *     are known here
   */
  static OnnxModel model(Network network) {
    Network whole = network.on(Parameter::unpruned);
    if (whole.body() instanceof GraphLayer graph) {
      return graph.exported(whole.state());
    }
    GraphWriter writer = new GraphWriter(whole.state());
    String output = writer.layer(network.body().describe(), "input");
    writer.nodes.add(
        new Node("logits", "Identity", "", List.of(output), List.of("logits"), Map.of()));
    long[] input = new long[network.input().rank() + 1];
    input[0] = -1;
    for (int axis = 1; axis < input.length; axis++) {
      input[axis] = network.input().dim(axis - 1);
    }
    return new OnnxModel(
        network.name(),
        OPSET,
        writer.nodes,
        writer.tensors,
        List.of(new Port("input", TensorData.FLOAT, input)),
        List.of(new Port("logits", TensorData.FLOAT, new long[] {-1, network.outputs()})));
  }

  /** The name of a layer's output for an input. */
  String layer(LayerSpec spec, String x) {
    LayerOperators.Writer writer = LayerOperators.named(spec.kind());
    if (writer == null) {
      throw new IllegalArgumentException(
          "ONNX: layers of the kind " + spec.kind() + " cannot be written");
    }
    return writer.write(this, spec, x);
  }

  /** A node without attributes; returns the name of its output. */
  String node(String operator, String... inputs) {
    return node(operator, Map.of(), inputs);
  }

  /** A node with one output, whose name it returns. */
  String node(String operator, Map<String, Attribute> attributes, String... inputs) {
    String output = operator.toLowerCase(java.util.Locale.ROOT) + "_" + ++values;
    nodes.add(new Node("/" + output, operator, "", List.of(inputs), List.of(output), attributes));
    return output;
  }

  /** A parameter or buffer of the network, under its name. */
  String tensor(String name) {
    Tensor value = state.get(name);
    if (value == null) {
      throw new IllegalArgumentException("ONNX: the network has no tensor " + name);
    }
    tensors.computeIfAbsent(
        name, key -> TensorData.of(key, value.shape().toArray(), value.toArray()));
    return name;
  }

  /** Numbers that nobody learns: a constant node. */
  String constant(TensorData tensor) {
    return node("Constant", Map.of("value", Attribute.of(tensor)));
  }

  /** A list of whole numbers as a constant. */
  String wholes(long... numbers) {
    return constant(TensorData.vector("", numbers));
  }

  /** One real number as a constant. */
  String number(float value) {
    return constant(TensorData.of("", new int[0], value));
  }
}
