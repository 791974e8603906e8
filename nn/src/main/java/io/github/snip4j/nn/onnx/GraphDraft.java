package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.onnx.OnnxModel.Node;
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
 * What a graph has become so far: the value under each name, the steps and layers that compute
 * those that depend on an example, and the parameters and buffers that the layers have. {@link
 * GraphReader} goes through the nodes; their operators add to this.
 */
final class GraphDraft {
  static final long MOST_NUMBERS = 1L << 28; // of one value for one example

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
  private final Computed input;
  private final long declaredBatch;
  private long budget;
  private int slots;
  private int number;

  /** A slot whose value is another's times a factor. */
  record Scaled(Computed of, float factor) {}

  /**
   * Begins with the tensors and the input of a graph.
   *
   * @param bytes how long the file is: what is made may not be much larger
   * @throws BadFileException if it has not one input of a known shape
   */
  GraphDraft(String file, OnnxModel model, long bytes) throws BadFileException {
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
    InputPort port = InputPort.of(file, model);
    this.input = slot(null, port.extent());
    values.put(port.name(), input);
    this.declaredBatch = port.declaredBatch();
  }

  static Value valueOf(TensorData tensor) {
    return tensor.isReal() ? Learned.all(tensor) : Wholes.of(tensor.dims(), tensor.wholes());
  }

  /** Begins with the next node. */
  Use begin(Node node) {
    number++;
    return new Use(this, node);
  }

  /** The network's input. */
  Computed input() {
    return input;
  }

  /** The value under a name; null if nothing has made it. */
  @Nullable Value made(String name) {
    return values.get(name);
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
      Computed input = input();
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

  /** The steps that lead to the output, and the layers that they need. */
  GraphLayer body(Computed output) {
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

  BadFileException bad(String problem) {
    return new BadFileException(file, problem);
  }
}
