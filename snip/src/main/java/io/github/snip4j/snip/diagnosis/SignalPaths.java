package io.github.snip4j.snip.diagnosis;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Poolings;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Gelu;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.LeakyRelu;
import io.github.snip4j.nn.layer.LogSoftmax;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sigmoid;
import io.github.snip4j.nn.layer.Softmax;
import io.github.snip4j.nn.layer.Softplus;
import io.github.snip4j.nn.layer.Tanh;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Layers as wires: a signal is there (1) or not (0), and so is, on the way back, its use. What a
 * layer sums up is cut off at 1 in both directions, so that nothing overflows and nothing fades, in
 * however deep a network.
 *
 * <p>With weights of 0 and 1 most layers are wires by themselves. Activations and batch norm pass
 * each signal on as it is, also where they turn 0 into something else, which is no signal of an
 * input; softmax passes each on to all; a maximum passes on all of its window, whichever is the
 * largest for some input; of recurrent cells see {@link RecurrentSignalPaths}. Layers that are not
 * known here compute as they do: one that turns 0 into something else would be taken for a source.
 */
final class SignalPaths implements Pass.Substitute {
  /** A layer's output, which nothing is added to: its gradient is what the output is used for. */
  record Tap(Layer layer, Variable y, Variable leaf) {}

  private static final Set<Class<?>> ONE_TO_ONE =
      Set.of(
          BatchNorm.class,
          Relu.class,
          LeakyRelu.class,
          Gelu.class,
          Softplus.class,
          Tanh.class,
          Sigmoid.class);

  private final Map<String, Tap> taps = new LinkedHashMap<>();

  /** The outputs of the layers with weights of their own, by the layer's name. */
  Map<String, Tap> taps() {
    return taps;
  }

  @Override
  public Variable forward(Layer layer, Variable x, Pass pass) {
    Variable y = cutOff(wired(layer, x, pass));
    boolean ownWeights =
        layer.parameters().stream()
            .anyMatch(p -> p.layer().equals(layer.name()) && p.role() == Parameter.Role.WEIGHT);
    if (!ownWeights) {
      return y;
    }
    Variable leaf = Variable.leaf(Tensor.zeros(y.shape()));
    taps.put(layer.name(), new Tap(layer, y, leaf));
    return Arithmetic.add(y, leaf);
  }

  private static Variable wired(Layer layer, Variable x, Pass pass) {
    if (ONE_TO_ONE.contains(layer.getClass())) {
      return x;
    }
    if (layer instanceof Softmax || layer instanceof LogSoftmax) {
      Variable ones = Variable.constant(Tensor.full(x.shape(), 1f));
      return Arithmetic.multiply(ones, Reductions.sum(x, Reductions.Reduced.STAYS, 0));
    }
    if (layer instanceof MaxPool2d pool) {
      return Poolings.average(x, pool.spec(), false);
    }
    if (layer instanceof Lstm lstm) {
      return RecurrentSignalPaths.lstm(x, lstm.parameters(), pass);
    }
    if (layer instanceof Gru gru) {
      return RecurrentSignalPaths.gru(x, gru.parameters(), pass);
    }
    return layer.forward(x, pass);
  }

  /** 1 where {@code x > 0}, else 0; of the gradient likewise. */
  static Variable cutOff(Variable x) {
    return Variable.of(
        Operation.named("cut off"), positive(x.value()), x.pull(SignalPaths::positive));
  }

  private static Tensor positive(Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    for (int i = 0; i < y.size(); i++) {
      y.put(i, x.at(i) > 0 ? 1f : 0f);
    }
    return y;
  }
}
