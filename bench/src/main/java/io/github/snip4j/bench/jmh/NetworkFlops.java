package io.github.snip4j.bench.jmh;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.SelfAttention;
import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic that a network's kept weights ask for, per example: a multiplication and an
 * addition for each use of each of them. Biases, norms, activations, and what attention multiplies
 * beside its weights are not counted.
 *
 * @param inference forward
 * @param training forward and both gradients, but that by the network's input
 */
record NetworkFlops(long inference, long training) {
  /** Counts it. */
  static NetworkFlops of(Network network) {
    List<Long> layers = new ArrayList<>();
    List<Parameter> multiplied = new ArrayList<>();
    Pass pass =
        Pass.evaluation()
            .watchedBy(
                (layer, x, y) -> {
                  if (multiplies(layer)) {
                    List<Parameter> weights = weights(layer);
                    long kept = weights.stream().mapToLong(w -> w.value().size()).sum();
                    layers.add(2 * kept * uses(layer, y));
                    multiplied.addAll(weights);
                  }
                });
    Shape one = network.input().append(1);
    network.forward(Variable.constant(Tensor.zeros(one)), pass);
    long all = layers.stream().mapToLong(Long::longValue).sum();
    boolean begins = network.parameters().get(0).equals(multiplied.get(0)); // no gradient by x
    return new NetworkFlops(all, 3 * all - (begins ? layers.get(0) : 0));
  }

  private static boolean multiplies(Layer layer) {
    return layer instanceof Linear
        || layer instanceof Conv2d
        || layer instanceof Lstm
        || layer instanceof Gru
        || layer instanceof SelfAttention;
  }

  /** How often each weight is used: once for each place in space, or step in time. */
  private static int uses(Layer layer, Variable y) {
    boolean steps = layer instanceof Lstm || layer instanceof Gru || layer instanceof SelfAttention;
    return steps ? y.shape().dim(0) : y.shape().size() / weights(layer).get(0).shape().dim(0);
  }

  private static List<Parameter> weights(Layer layer) {
    return layer.parameters().stream()
        .filter(parameter -> parameter.role() == Parameter.Role.WEIGHT)
        .toList();
  }
}
