package io.github.snip4j.nn;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.Engine;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.objective.Objective;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A layer, usually a {@code Sequential}, from one example's shape to outputs, and the {@link
 * Objective} that training makes small: softmax cross-entropy, if nothing else is said, for which
 * the outputs are the logits of classes. A layer that occurs twice in it shares its weights: each
 * counts, and is scored, once. Several inputs: {@link Inputs}.
 *
 * <p>Threads: any number may compute with one network at the same time, each in a {@link
 * io.github.snip4j.core.tensor.Workspace} of its own, as long as none changes it: training, {@link
 * #restore}, {@link #restructure} and passes in training mode, which move running statistics, are
 * of one thread alone. For one example after the other, by many threads, there is {@link
 * io.github.snip4j.nn.predict.Predictor}.
 *
 * <p>Memory: what exists of the parameters, and the buffers. What a computation makes belongs to
 * the workspace's step, or to the garbage collector outside of one.
 */
public final class Network {
  private final String name;
  private final Shape input;
  private final Shape output;
  private final Layer body;
  private final Objective objective;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();

  /**
   * Computes a batch without examples on the way, so that layers which do not fit together are told
   * here.
   *
   * @param input the shape of one example, without the batch
   * @param outputs how many numbers come out for an example, as the number of classes
   * @throws IllegalArgumentException if two parameters, or two buffers, have one name, a layer does
   *     not take what the one before it gives, other outputs come out, or a layer of one's own
   *     describes itself as one of the engine's
   * @throws IllegalStateException if a system property is wrong: {@link Engine}
   */
  public Network(String name, Shape input, int outputs, Layer body) {
    this(name, input, Shape.of(outputs), body);
  }

  /**
   * A network that gives more than a vector for an example, as a vector for each time step; checks
   * and errors are those of {@link #Network(String, Shape, int, Layer)}.
   *
   * @param output the shape of what comes out for one example, without the batch
   */
  public Network(String name, Shape input, Shape output, Layer body) {
    this(name, input, output, body, Objective.crossEntropy());
    Engine.check();
    SizeCheck.of(this);
  }

  /**
   * A network that a description describes, as {@link Layer#describe} gives one, with weights of 0.
   *
   * @param own make the layers that are not the engine's
   * @throws IllegalArgumentException if nothing makes a layer, or they do not fit together
   */
  public static Network described(
      String name, Shape input, Shape output, LayerSpec body, LayerMaker... own) {
    return new Network(name, input, output, Architecture.layer(body, own));
  }

  /** Without a check of the sizes, which are those of a network that was checked. */
  private Network(String name, Shape input, Shape output, Layer body, Objective objective) {
    this.name = name;
    this.input = input;
    this.output = output;
    this.body = body;
    this.objective = objective;
    for (Parameter parameter : body.parameters()) {
      Parameter other = parameters.putIfAbsent(parameter.name(), parameter);
      if (other != null && other != parameter) {
        throw new IllegalArgumentException(
            name + ": two parameters are called " + parameter.name());
      }
    }
    for (Buffer buffer : body.buffers()) {
      Tensor other = buffers.putIfAbsent(buffer.name(), buffer.value());
      boolean taken = parameters.containsKey(buffer.name());
      if (taken || (other != null && other != buffer.value())) {
        throw new IllegalArgumentException(name + ": two buffers are called " + buffer.name());
      }
    }
  }

  public String name() {
    return name;
  }

  /** The shape of one example, without the batch. */
  public Shape input() {
    return input;
  }

  /** The shape of what comes out for one example, without the batch. */
  public Shape output() {
    return output;
  }

  /** How many numbers come out for one example: of a classifier, one for each class. */
  public int outputs() {
    return output.size();
  }

  /** What training makes small. */
  public Objective objective() {
    return objective;
  }

  /** This network with another objective: the same layers, and so the same parameters. */
  public Network with(Objective other) {
    return new Network(name, input, output, body, other);
  }

  /** All layers as one. */
  public Layer body() {
    return body;
  }

  /** The parameters in the order of the layers. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  /** m of the paper: the number of weights and biases, not of what a batch norm learns. */
  public int connections() {
    return parameters.values().stream()
        .filter(p -> p.role().isConnection())
        .mapToInt(Parameter::size)
        .sum();
  }

  /**
   * All that the network is in numbers: its parameters, then its buffers, by name. The tensors are
   * the network's own; of a pruned parameter, the kept values.
   */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    parameters.forEach((key, parameter) -> state.put(key, parameter.value()));
    state.putAll(buffers);
    return Collections.unmodifiableMap(state);
  }

  /**
   * The parameter of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Parameter parameter(String parameterName) {
    Parameter parameter = parameters.get(parameterName);
    if (parameter == null) {
      throw new IllegalArgumentException(
          name + ": no parameter " + parameterName + " among " + parameters.keySet());
    }
    return parameter;
  }

  /**
   * The outputs, which are logits if the objective is cross-entropy.
   *
   * @param x {@code [input axes ..., N]}
   * @return {@code [output axes ..., N]}
   * @throws IllegalArgumentException if x is not that
   */
  public Variable forward(Variable x, Pass pass) {
    if (x.shape().rank() != input.rank() + 1 || !x.shape().dropLast().equals(input)) {
      throw new IllegalArgumentException(
          name + ": input " + x.shape() + ": expected " + input + " with the batch as last axis");
    }
    Variable y = pass.through(body, x);
    if (!y.shape().equals(output.append(x.shape().dim(-1)))) {
      throw new IllegalArgumentException(
          (name + ": outputs " + y.shape() + ": expected " + output)
              + " with the batch as last axis");
    }
    return y;
  }

  /**
   * The outputs in use: evaluation mode, no gradients; the shapes and errors of {@link #forward}.
   */
  public Tensor logits(Tensor x) {
    return forward(Variable.constant(x), Pass.evaluation()).value();
  }

  /**
   * The outputs for one example.
   *
   * @param example its numbers, row-major in the {@link #input} shape; not modified
   * @return as many as {@link #outputs}
   * @throws IllegalArgumentException if there are more or fewer numbers
   */
  public float[] predict(float... example) {
    if (example.length != input.size()) {
      throw new IllegalArgumentException(
          (name + ": " + example.length + " numbers for one example: expected " + input.size())
              + (", which are " + input));
    }
    return logits(Tensor.of(input.append(1), example)).toArray();
  }

  /**
   * What the {@link #objective} says of a batch, L, shape {@code []}; errors as {@link #forward}
   * and {@link Objective#loss}.
   */
  public Variable loss(Batch batch, Pass pass) {
    return objective.loss(forward(Variable.constant(batch.x()), pass), batch.targets());
  }

  /**
   * A copy of this network on other parameters, and on buffers of its own.
   *
   * @param change what each parameter becomes; {@code Parameter::copy} makes a copy of the network
   * @throws UnsupportedOperationException if a layer cannot be moved to others
   */
  public Network on(UnaryOperator<Parameter> change) {
    return new Network(name, input, output, new Transfer(change).layer(body), objective);
  }

  /**
   * A copy of this network where exactly those connections exist that masks keep. Those that
   * existed before keep their value, the others begin at 0. Each weight is stored as it is computed
   * fastest, which its shape and the number of its connections alone decide.
   *
   * @param masks by parameter name; a parameter without one stays as it is
   * @throws IllegalArgumentException if a mask has another shape than its parameter, or there is no
   *     such parameter
   */
  public Network restructured(Map<String, Mask> masks) {
    return restructured(masks, Parameter::restructured);
  }

  /**
   * A copy of this network with the connections that masks keep, as {@link #restructured(Map)}
   * makes it, each weight stored as is asked for.
   *
   * @param storage by parameter name; {@link Storage#DENSE} where nothing is said
   * @throws IllegalArgumentException if a mask has another shape than its parameter, or there is no
   *     such parameter
   */
  public Network restructured(Map<String, Mask> masks, Map<String, Storage> storage) {
    return restructured(
        masks, (p, mask) -> p.restructured(mask, storage.getOrDefault(p.name(), Storage.DENSE)));
  }

  private Network restructured(
      Map<String, Mask> masks, BiFunction<Parameter, Mask, Parameter> change) {
    masks.keySet().forEach(this::parameter);
    return on(
        p -> {
          Mask mask = masks.get(p.name());
          return mask == null ? p.copy() : change.apply(p, mask);
        });
  }

  /**
   * Changes this network: exactly those connections exist from now on that masks keep. Those that
   * existed before keep their value, the others begin at 0. Each weight stays stored as it is; one
   * that was whole is stored as it is computed fastest. Time and memory are those of what exists.
   *
   * <p>Optimisers of this network follow, each at its next step: state is carried over by position,
   * and begins at 0 where a connection is new. Whoever holds the {@link Parameter#value} of a
   * parameter, or a {@link #state}, holds that of before.
   *
   * @param masks by parameter name; a parameter without one stays as it is
   * @throws IllegalArgumentException if a mask has another shape than its parameter, or there is no
   *     such parameter; nothing is changed then
   */
  public void restructure(Map<String, Mask> masks) {
    masks.forEach((key, mask) -> parameter(key).checkMask(mask));
    masks.forEach((key, mask) -> parameter(key).restructure(mask));
  }

  /**
   * Changes which connections exist, as {@link #restructure(Map)} does, each weight stored as is
   * asked for.
   *
   * @param storage by parameter name; {@link Storage#DENSE} where nothing is said
   * @throws IllegalArgumentException if a mask has another shape than its parameter, or there is no
   *     such parameter; nothing is changed then
   */
  public void restructure(Map<String, Mask> masks, Map<String, Storage> storage) {
    masks.forEach((key, mask) -> parameter(key).checkMask(mask));
    masks.forEach(
        (key, mask) -> parameter(key).restructure(mask, storage.getOrDefault(key, Storage.DENSE)));
  }

  /** What is kept of each parameter that is pruned, by name. */
  public Map<String, Mask> masks() {
    return NetworkSnapshot.masks(structures());
  }

  /** Which connections of each parameter exist, by name. */
  public Map<String, Structure> structures() {
    Map<String, Structure> structures = new LinkedHashMap<>();
    parameters.forEach((key, parameter) -> structures.put(key, parameter.structure()));
    return structures;
  }

  /** A copy of the {@link #structures} and the {@link #state}, to come back to. */
  public NetworkSnapshot snapshot() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    state().forEach((key, value) -> copies.put(key, value.copy()));
    return new NetworkSnapshot(structures(), copies);
  }

  /**
   * Puts back what a snapshot holds of this network or of one like it: the connections that existed
   * then, where others do now, the values that they had, and the buffers. Optimisers follow, as
   * after {@link #restructure}; {@link io.github.snip4j.nn.optim.Optimizer#restore} brings back
   * their state.
   *
   * @throws IllegalArgumentException if something is missing or has another shape; nothing is
   *     changed then
   */
  public void restore(NetworkSnapshot snapshot) {
    snapshot.checkShapes(this);
    Map<String, Tensor> values = snapshot.values();
    for (Parameter parameter : parameters.values()) {
      parameter.restore(
          Objects.requireNonNull(snapshot.structures().get(parameter.name())),
          Objects.requireNonNull(values.get(parameter.name())));
    }
    buffers.forEach((key, value) -> value.copyFrom(Objects.requireNonNull(values.get(key))));
  }

  /**
   * A network like this as it was when a snapshot was taken: the connections that existed, stored
   * as they were, the values that they had, and the buffers. Everything is in arrays of its own.
   *
   * @param snapshot of this network or of one like it, with any connections
   * @throws IllegalArgumentException if something is missing or has another shape
   */
  public Network restored(NetworkSnapshot snapshot) {
    snapshot.checkShapes(this);
    Map<String, Structure> structures = snapshot.structures();
    Network network = on(p -> p.emptied(Objects.requireNonNull(structures.get(p.name()))));
    network.restore(snapshot);
    return network;
  }

  /**
   * A table for people: each layer with its output for one example, how many numbers it has, and
   * how many are left of them where it is pruned. Computes one example of zeros.
   */
  public String summary() {
    return Summary.of(this);
  }

  /** One line: {@code lenet: [784] to [10], 266610 numbers in 6 parameters, 5332 kept}. */
  @Override
  public String toString() {
    return Summary.line(this);
  }
}
