package io.github.snip4j.snip.rival;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Linear;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of a network whose connections a rival prunes: fully connected and convolutions. */
final class PrunableLayers {
  private PrunableLayers() {}

  /** Whether a layer is one of these. */
  static boolean isOne(Layer layer) {
    return layer instanceof Linear || layer instanceof Conv2d;
  }

  /**
   * The parameters of each of these layers, by the layer's name, in the network's order.
   *
   * @param rival who asks, for the message
   * @throws IllegalArgumentException if connections belong to another kind of layer
   */
  static Map<String, List<Parameter>> of(String rival, Network network) {
    Map<String, List<Parameter>> layers = new LinkedHashMap<>();
    Pass pass =
        Pass.evaluation()
            .watchedBy(
                (layer, x, y) -> {
                  if (isOne(layer)) {
                    layers.putIfAbsent(layer.name(), layer.parameters());
                  }
                });
    network.forward(Variable.constant(Tensor.zeros(network.input().append(1))), pass);
    for (Parameter p : network.parameters()) {
      List<Parameter> owner = layers.getOrDefault(p.layer(), List.of());
      if (p.role().isConnection() && !owner.contains(p)) {
        throw new IllegalArgumentException(
            (rival + ": " + p + " of " + network.name() + " is neither of a fully connected layer")
                + " nor of a convolution: expected a network whose weights and biases are");
      }
    }
    return layers;
  }
}
