package io.github.snip4j.bench.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one of our networks as PyTorch's tensors, by our names, and PyTorch's optimiser
 * for them.
 *
 * <p>The matrix of a recurrent cell is divided into what its products take: {@code <cell>.weight.x}
 * and {@code <cell>.weight.h}.
 */
final class PyTorchParameters {
  private final NDManager manager;
  private final Map<String, NDArray> arrays = new TreeMap<>();
  private final List<TrainingResult> trained = new ArrayList<>();

  /** What is trained, and its momentum. */
  private record TrainingResult(NDArray value, NDArray velocity, float decay) {
    /** v = momentum v - rate (g + decay w); w = w + v; sets g to 0. */
    void update(float rate, float momentum) {
      value
          .getNDArrayInternal()
          .sgdUpdate(
              new NDList(value, value.getGradient(), velocity),
              new NDList(value),
              rate,
              decay,
              1f,
              -1f, // gradients are not clipped
              momentum,
              false);
    }
  }

  private PyTorchParameters(Network network, NDManager manager, boolean training) {
    this.manager = manager;
    network.state().forEach((name, value) -> arrays.put(name, array(value)));
    for (Parameter parameter : network.parameters()) {
      boolean matrixOfCell = parameter.name().matches("(lstm|gru)\\.weight");
      for (String part : matrixOfCell ? divided(parameter) : List.of(parameter.name())) {
        if (training) {
          NDArray value = get(part);
          value.setRequiresGradient(true);
          float decay = parameter.role().isConnection() ? (float) Steps.WEIGHT_DECAY : 0f;
          trained.add(new TrainingResult(value, value.zerosLike(), decay));
        }
      }
    }
  }

  /** Copies the network's state, to be trained. */
  static PyTorchParameters inTraining(Network network, NDManager manager) {
    return new PyTorchParameters(network, manager, true);
  }

  /** Copies the network's state; no gradients are asked for, so that PyTorch records nothing. */
  static PyTorchParameters inUse(Network network, NDManager manager) {
    return new PyTorchParameters(network, manager, false);
  }

  private NDArray array(Tensor value) {
    long[] dims = Arrays.stream(value.shape().toArray()).asLongStream().toArray();
    return manager.create(value.toArray(), new Shape(dims));
  }

  /** The columns for x and those for the state, of which there are as many as units. */
  private List<String> divided(Parameter matrix) {
    NDArray whole = Objects.requireNonNull(arrays.remove(matrix.name()));
    long units = matrix.shape().dim(0) / (matrix.name().startsWith("lstm") ? 4 : 3);
    long features = matrix.shape().dim(1) - units;
    NDList halves = whole.split(new long[] {features}, 1);
    List<String> names = List.of(matrix.name() + ".x", matrix.name() + ".h");
    for (int i = 0; i < names.size(); i++) {
      arrays.put(names.get(i), halves.get(i).duplicate());
    }
    return names;
  }

  /** A parameter or buffer. */
  NDArray get(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** A parameter or buffer, or null if the network has none of that name. */
  @Nullable NDArray find(String name) {
    return arrays.get(name);
  }

  /** A step of stochastic gradient descent, and no gradients after it. */
  void update(float rate, float momentum) {
    trained.forEach(values -> values.update(rate, momentum));
  }
}
