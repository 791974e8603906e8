package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.IdentityHashMap;
import java.util.List;
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
