package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The graph of an ONNX file as a layer: its computations in order. A parameter that several nodes
 * use is one parameter.
 *
 * <p>x is the input of the graph and y its output, each with the batch as last axis.
 */
final class GraphLayer implements Layer {
  private final OnnxModel model;
  private final List<Step> steps;
  private final int[] lastUse; // of each slot: the last step that reads it
  private final int output;
  private final List<Layer> layers;

  /**
   * @param model what it was read from
   * @param output the slot of the graph's output; slot 0 has the input
   */
  GraphLayer(OnnxModel model, List<Step> steps, int slots, int output, List<Layer> layers) {
    this(model, steps, lastUse(steps, slots, output), output, layers);
  }

  private GraphLayer(
      OnnxModel model, List<Step> steps, int[] lastUse, int output, List<Layer> layers) {
    this.model = model;
    this.steps = List.copyOf(steps);
    this.lastUse = lastUse;
    this.output = output;
    this.layers = List.copyOf(layers);
  }

  private static int[] lastUse(List<Step> steps, int slots, int output) {
    int[] last = new int[slots];
    for (int i = 0; i < steps.size(); i++) {
      for (int slot : steps.get(i).inputs()) {
        last[slot] = i;
      }
    }
    last[output] = steps.size();
    return last;
  }

  /** What it was read from; the values of its tensors are those of the file. */
  OnnxModel model() {
    return model;
  }

  /**
   * The graph with the tensors as they are now, in use: batch norms with their running statistics,
   * dropout without effect.
   */
  OnnxModel exported(Map<String, Tensor> state) {
    Map<String, TensorData> tensors = new LinkedHashMap<>(model.tensors());
    state.forEach(
        (name, value) ->
            tensors.put(name, TensorData.of(name, value.shape().toArray(), value.toArray())));
    List<OnnxModel.Node> nodes = new ArrayList<>();
    for (OnnxModel.Node node : model.nodes()) {
      boolean own = !node.outputs().isEmpty() && state.containsKey(node.outputs().get(0));
      if (!own) { // else a tensor of its own now, which was shared or a constant
        nodes.add(inUse(node));
      }
    }
    return new OnnxModel(
        model.name(), model.opset(), nodes, tensors, model.inputs(), model.outputs());
  }

  /** The graph as a text; of parameters and buffers only the shapes. */
  @Override
  public LayerSpec describe() {
    Set<String> own = new HashSet<>();
    parameters().forEach(parameter -> own.add(parameter.name()));
    buffers().forEach(buffer -> own.add(buffer.name()));
    byte[] graph = ModelWriter.withoutValues(model, own);
    return LayerSpec.of("onnx").with("graph", Base64.getEncoder().encodeToString(graph));
  }

  private static OnnxModel.Node inUse(OnnxModel.Node node) {
    boolean norm = node.operator().equals("BatchNormalization");
    if (!norm && !node.operator().equals("Dropout")) {
      return node;
    }
    Map<String, OnnxModel.Attribute> attributes = new LinkedHashMap<>(node.attributes());
    attributes.remove("training_mode");
    List<String> inputs = node.inputs();
    return new OnnxModel.Node(
        node.name(),
        node.operator(),
        node.domain(),
        norm ? inputs : inputs.subList(0, Math.min(2, inputs.size())),
        node.outputs().subList(0, 1),
        attributes);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    @Nullable Variable[] slots = new @Nullable Variable[lastUse.length];
    slots[0] = x;
    int batch = x.shape().dim(-1);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Variable[] inputs = new Variable[step.inputs().length];
      for (int k = 0; k < inputs.length; k++) {
        inputs[k] = there(slots, step.inputs()[k]);
      }
      slots[step.output()] =
          step.layer() == Step.NONE
              ? step.operation().of(inputs, batch)
              : pass.through(layers.get(step.layer()), inputs[0]);
      for (int slot : step.inputs()) {
        if (lastUse[slot] == i) {
          slots[slot] = null; // nobody needs it any more, unless its gradient does
        }
      }
    }
    return there(slots, output);
  }

  private static Variable there(@Nullable Variable[] slots, int slot) {
    Variable value = slots[slot];
    if (value == null) {
      throw new IllegalStateException("slot " + slot + " is empty");
    }
    return value;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    IdentityHashMap<Parameter, Parameter> parameters = new IdentityHashMap<>();
    IdentityHashMap<Buffer, Buffer> buffers = new IdentityHashMap<>();
    UnaryOperator<Parameter> once = p -> parameters.computeIfAbsent(p, change);
    UnaryOperator<Buffer> copy = b -> buffers.computeIfAbsent(b, Buffer::copy);
    List<Layer> changed =
        layers.stream()
            .map(layer -> layer instanceof NodeLayer node ? node.on(once, copy) : layer.on(once))
            .toList();
    return new GraphLayer(model, steps, lastUse, output, changed);
  }

  @Override
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).distinct().toList();
  }

  @Override
  public List<Buffer> buffers() {
    IdentityHashMap<Buffer, Boolean> seen = new IdentityHashMap<>();
    return layers.stream()
        .flatMap(layer -> layer.buffers().stream())
        .filter(buffer -> seen.put(buffer, true) == null)
        .toList();
  }
}
