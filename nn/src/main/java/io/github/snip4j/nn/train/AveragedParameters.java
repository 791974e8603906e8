package io.github.snip4j.nn.train;

import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The exponential moving average of a network's parameters over the steps of a training: after
 * each, average = decay average + (1 - decay) w, from the parameters as they are at first [Polyak,
 * Juditsky, <i>Acceleration of stochastic approximation by averaging</i>, 1992; with exponential
 * weights as in TensorFlow]. Often a little better, and steadier, than the last step.
 *
 * <p>Where connections move, the average of one that is new begins at its value.
 */
public final class AveragedParameters implements Callback {
  private final Network network;
  private final double decay;
  private final Map<String, Tensor> averages = new LinkedHashMap<>();
  private final Map<String, Structure> structures = new LinkedHashMap<>();

  /**
   * Begins with the parameters as they are.
   *
   * @param decay in [0, 1): 0.999 looks back some 1,000 steps
   */
  public AveragedParameters(Network network, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "average: decay " + decay + ": expected a number from 0 up to, not including, 1");
    }
    this.network = network;
    this.decay = decay;
    for (Parameter p : network.parameters()) {
      averages.put(p.name(), p.value().copy());
      structures.put(p.name(), p.structure());
    }
  }

  @Override
  public void afterStep(Step step) {
    float kept = (float) decay;
    float fresh = (float) (1 - decay);
    for (Parameter p : network.parameters()) {
      Tensor average = of(p);
      for (int i = 0; i < average.size(); i++) {
        average.put(i, kept * average.at(i) + fresh * p.value().at(i));
      }
    }
  }

  /** The average of the values that exist now. */
  private Tensor of(Parameter p) {
    Tensor average = Objects.requireNonNull(averages.get(p.name()));
    Structure before = Objects.requireNonNull(structures.get(p.name()));
    if (before == p.structure()) {
      return average;
    }
    Tensor moved = p.value().copy();
    int[] indices = p.structure().indicesIn(before);
    for (int k = 0; k < indices.length; k++) {
      if (indices[k] >= 0) {
        moved.put(k, average.at(indices[k]));
      }
    }
    averages.put(p.name(), moved);
    structures.put(p.name(), p.structure());
    return moved;
  }

  /** A copy of the network with the averages as its parameters; its buffers are as they are. */
  public Network network() {
    Network averaged = network.on(Parameter::copy);
    for (Parameter p : averaged.parameters()) {
      p.value().copyFrom(of(network.parameter(p.name())));
      p.changed();
    }
    return averaged;
  }
}
