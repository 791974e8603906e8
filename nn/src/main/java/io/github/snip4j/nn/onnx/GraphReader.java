package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.onnx.OnnxModel.Node;
import io.github.snip4j.nn.onnx.OnnxModel.Port;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a graph node by node and makes a network from it. Whatever does not depend on an example
 * (shapes, constants, how weights are cut and put together) is worked out here; the rest becomes
 * the {@link Step}s of a {@link GraphLayer}.
 */
final class GraphReader {
  private static final long MOST_NUMBERS = 1L << 28; // of one value for one example

  private final String file;
  private final OnnxModel model;
  private final Map<String, Value> values = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final Map<Integer, Scaled> scaled = new HashMap<>();
  private final Set<Integer> zeros = new HashSet<>();
  private final Set<Integer> sums = new HashSet<>(); // slots that a weight was multiplied into
  private final Set<String> names = new HashSet<>(); // of layers that draw random numbers
  private final long declaredBatch;
  private long budget;
  private int slots;
  private int number;

  /** A slot whose value is another's times a factor. */
  record Scaled(Computed of, float factor) {}

  private GraphReader(String file, OnnxModel model, long bytes) throws BadFileException {
    this.file = file;
    this.model = model;
    this.budget = 4 * bytes + (1 << 16); // numbers that rearranging may make
    for (Node node : model.nodes()) {
      used.addAll(node.inputs());
    }
    model.outputs().forEach(output -> used.add(output.name()));
    for (TensorData tensor : model.tensors().values()) {
      values.put(tensor.name(), valueOf(tensor));
    }
    this.declaredBatch = readInput();
  }

  /**
   * The network of a graph.
   *
   * @param file for messages
   * @param bytes how long the file is, with its external data: what is made may not be much larger
   * @throws BadFileException if the graph holds what is not understood
   */
  static Network read(String file, String name, OnnxModel model, long bytes)
      throws BadFileException {
    if (model.opset() < 7 || model.opset() > 22) {
      throw new BadFileException(
          file,
          (model.opset() == 0 ? "uses no operators of ONNX" : "uses opset " + model.opset())
              + ": expected opset 7 to 22 (in PyTorch: opset_version=17)");
    }
    return new GraphReader(file, model, bytes).network(name);
  }

  static Value valueOf(TensorData tensor) {
    return tensor.isReal() ? Learned.all(tensor) : Wholes.of(tensor.dims(), tensor.wholes());
  }

  /** Makes the input a value; returns what the file says of the batch. */
  private long readInput() throws BadFileException {
    if (model.inputs().size() != 1) {
      throw bad(
          ("the network has " + model.inputs().size() + " inputs, ")
              + (model.inputs().stream().map(Port::name).toList() + ": expected one"));
    }
    Port input = model.inputs().get(0);
    long[] dims = input.dims();
    if (dims == null || dims.length < 2) {
      throw bad("input '" + input.name() + "' has no shape [N, ...] with the batch in front");
    }
    if (input.type() != TensorData.FLOAT) {
      throw bad("input '" + input.name() + "' is not of type float (has it been quantised?)");
    }
    int[] lengths = new int[dims.length];
    lengths[0] = 1;
    for (int axis = 1; axis < dims.length; axis++) {
      if (dims[axis] < 1 || dims[axis] > MOST_NUMBERS) {
        throw bad(
            ("input '" + input.name() + "': axis " + axis + " has no fixed length")
                + ": export it with only the first axis dynamic");
      }
      lengths[axis] = (int) dims[axis];
    }
    values.put(input.name(), slot(null, new Extent(lengths, 0)));
    return dims[0];
  }

  private Network network(String name) throws BadFileException {
    if (model.outputs().isEmpty()) {
      throw bad("the graph has no output");
    }
    for (Node node : model.nodes()) {
      number++;
      Use use = new Use(this, node);
      Operators.Operator operator = Operators.named(node.operator());
      if (operator == null || !node.domain().isEmpty()) {
        throw use.bad(
            (node.domain().isEmpty() ? "" : "of " + node.domain() + ": ")
                + "there is no such operator here; rewrite this part of the network with others, "
                + "or prune it in Java with a layer of your own");
      }
      try {
        operator.read(use);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw use.bad(String.valueOf(e.getMessage()));
      }
    }
    Computed logits = logits();
    Computed input = (Computed) there(model.inputs().get(0).name());
    GraphLayer body = body(logits);
    return new Network(
        name, Shape.of(input.extent().example()), logits.extent().example()[0], body);
  }

  /** The steps that lead to the output, and the layers that they need. */
  private GraphLayer body(Computed output) {
    boolean[] needed = new boolean[slots];
    needed[output.slot()] = true;
    List<Step> left = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (needed[step.output()]) {
        left.add(step);
        for (int slot : step.inputs()) {
          needed[slot] = true;
        }
      }
    }
    Collections.reverse(left);
    List<Layer> leftLayers = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      Step step = left.get(i);
      if (step.layer() != Step.NONE) {
        left.set(i, step.withLayer(leftLayers.size()));
        leftLayers.add(layers.get(step.layer()));
      }
    }
    return new GraphLayer(model, left, slots, output.slot(), leftLayers);
  }

  /** The first output, as {@code [classes, N]}. */
  private Computed logits() throws BadFileException {
    String name = model.outputs().get(0).name();
    Value value = values.get(name);
    if (!(value instanceof Computed output) || !output.extent().hasBatch()) {
      throw bad("output '" + name + "' does not depend on the input");
    }
    int[] example = output.extent().example();
    int classes = (int) output.extent().size();
    if (Arrays.stream(example).filter(length -> length != 1).count() > 1) {
      throw bad("output '" + name + "' is " + output.extent() + ": expected logits [N, classes]");
    }
    return example.length == 1
        ? output
        : step(
            null,
            Extents.of(classes),
            (in, batch) -> Extents.reshape(in[0], batch, classes),
            output);
  }

  private Value there(String name) throws BadFileException {
    Value value = values.get(name);
    if (value == null) {
      throw bad("nothing makes the value '" + name + "'");
    }
    return value;
  }

  long opset() {
    return model.opset();
  }

  int number() {
    return number;
  }

  /** The length of the batch that the file says; below 1 if it leaves it open. */
  long declaredBatch() {
    return declaredBatch;
  }

  Value value(Use use, String name) throws BadFileException {
    Value value = values.get(name);
    if (value == null) {
      throw use.bad("nothing before it makes its input '" + name + "'");
    }
    return value;
  }

  boolean isUsed(String name) {
    return used.contains(name);
  }

  /** The number of numbers in an array of this shape, which may not be much more than the file. */
  int affordable(Use use, int[] dims) throws BadFileException {
    long size = 1;
    for (int dim : dims) {
      size = Math.multiplyExact(size, (long) dim);
    }
    if (size > budget) {
      throw use.bad("makes more numbers out of nothing than a file of this size needs");
    }
    return (int) size;
  }

  void set(Use use, String name, Value value) throws BadFileException {
    if (value instanceof Known known) {
      budget -= known.size();
      if (budget < 0) {
        throw use.bad("makes more numbers out of nothing than a file of this size needs");
      }
    }
    if (values.putIfAbsent(name, value) != null) {
      throw use.bad("its output '" + name + "' has been made before");
    }
  }

  private Computed slot(@Nullable Use use, Extent extent) throws BadFileException {
    long size;
    try {
      size = extent.size();
    } catch (ArithmeticException e) {
      size = Long.MAX_VALUE;
    }
    if (size > MOST_NUMBERS) {
      String problem = extent + " has more than 2^28 numbers for one example";
      throw use == null ? bad(problem) : use.bad(problem);
    }
    return new Computed(slots++, extent);
  }

  /** A value that is computed from others without parameters. */
  Computed step(@Nullable Use use, Extent extent, Step.Operation operation, Computed... inputs)
      throws BadFileException {
    Computed output = slot(use, extent);
    int[] from = Arrays.stream(inputs).mapToInt(Computed::slot).toArray();
    steps.add(Step.of(operation, from, output.slot()));
    return output;
  }

  /** A value that a layer computes from another. */
  Computed layer(Use use, Extent extent, Layer layer, Computed input) throws BadFileException {
    Computed output = slot(use, extent);
    steps.add(Step.ofLayer(layers.size(), input.slot(), output.slot()));
    layers.add(layer);
    return output;
  }

  /** Elements of the file's tensors as a node computes with them; makes them parameters. */
  ParameterView view(Learned learned, Parameter.Role role, int... dims) {
    List<Parameter> of = new ArrayList<>();
    for (TensorData tensor : learned.tensors()) {
      of.add(
          parameters.computeIfAbsent(
              tensor.name(),
              name ->
                  new Parameter(name, role, Tensor.of(Shape.of(tensor.dims()), tensor.reals()))));
    }
    return new ParameterView(of, learned.index(), Shape.of(dims));
  }

  /** Numbers that the network remembers but does not learn. */
  Buffer buffer(TensorData tensor) {
    return buffers.computeIfAbsent(
        tensor.name(),
        name -> new Buffer(name, Tensor.of(Shape.of(tensor.dims()), tensor.reals())));
  }

  /** A value as one to compute with, whatever it is. */
  Computed toCompute(Use use, Value value) throws BadFileException {
    if (value instanceof Computed computed) {
      return computed;
    }
    if (value instanceof Learned learned && learned.size() > 1) {
      Parameter.Role role =
          learned.dims().length > 1 ? Parameter.Role.WEIGHT : Parameter.Role.SCALE;
      ParameterView view = view(learned, role, learned.dims());
      NodeLayer layer =
          new NodeLayer(
              use.name(), List.of(view), List.of(), (x, self, pass) -> self.variable(0, pass));
      Computed input = (Computed) there(model.inputs().get(0).name());
      return layer(use, Extent.of(learned.dims()), layer, input);
    }
    if (value instanceof Value.Erf erf && erf.timesX()) {
      return Elements.gelu(use, erf.x(), 2 * erf.factor());
    }
    Reals reals = Arithmetics.constant(value);
    if (reals == null) {
      throw use.bad("cannot compute with " + Arithmetics.what(value));
    }
    return Elements.constant(use, reals);
  }

  String unique(String name) {
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  /** Remembers that a value is another one times a factor. */
  void noteScaled(Computed value, Computed of, float factor) {
    scaled.put(value.slot(), new Scaled(of, factor));
  }

  @Nullable Scaled scaled(Computed value) {
    return scaled.get(value.slot());
  }

  /** Remembers that a value is 0, whatever the input is. */
  void noteZeros(Computed value) {
    zeros.add(value.slot());
  }

  /** Whether a value is 0, whatever the input is. */
  boolean isZero(Value value) {
    return value instanceof Computed computed
        ? zeros.contains(computed.slot())
        : Arithmetics.isZero(value);
  }

  /** Remembers that a value is a product with a weight, so that what is added to it is a bias. */
  void noteProduct(Computed value) {
    sums.add(value.slot());
  }

  boolean isProduct(Computed value) {
    return sums.contains(value.slot());
  }

  BadFileException bad(String problem) {
    return new BadFileException(file, problem);
  }
}
