package io.github.snip4j.snip.unit;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rule that says how much each unit is worth keeping: the larger, the better. One of your own is
 * a function to a score for each unit of each group.
 */
@FunctionalInterface
public interface UnitCriterion {
  /**
   * Scores.
   *
   * @param network that the units are of
   * @param batch to score on
   */
  Map<UnitGroup, double[]> score(Network network, Units units, Batch batch);

  /**
   * |Σ g| over the connections that a unit receives, its bias included, with g = ∂L/∂c: what the
   * loss would lose without what the unit computes, to first order.
   */
  static UnitCriterion connectionSensitivity() {
    return (network, units, batch) ->
        UnitSums.magnitudes(units, ConnectionSensitivity.of(network, batch, Biases.SCORED), 0);
  }

  /**
   * |Σ g| over the connections that leave a unit: ∂L/∂α of a gate on what it sends [Mozer,
   * Smolensky, <i>Skeletonization</i>, NIPS 1988, equation 5].
   */
  static UnitCriterion skeletonization() {
    return (network, units, batch) ->
        UnitSums.magnitudes(units, ConnectionSensitivity.of(network, batch, Biases.SCORED), 1);
  }

  /**
   * Σ |w| over the weights that a unit receives, divided by the root of the sum of squares in its
   * group: layers of unlike size are compared [Li, Kadav, Durdanovic, Samet, Graf, <i>Pruning
   * filters for efficient convnets</i>, ICLR 2017, who rank within a layer]. Looks at no data.
   */
  static UnitCriterion l1() {
    return (network, units, batch) -> {
      Map<String, Tensor> magnitudes = new LinkedHashMap<>();
      for (Parameter p : network.parameters()) {
        if (p.role() == Parameter.Role.WEIGHT) {
          Tensor m = p.value().copy();
          for (int i = 0; i < m.size(); i++) {
            m.put(i, Math.abs(m.at(i)));
          }
          magnitudes.put(p.name(), m);
        }
      }
      Map<UnitGroup, double[]> sums = UnitSums.magnitudes(units, magnitudes, 0);
      sums.values().forEach(UnitSums::normalize);
      return sums;
    };
  }

  /**
   * The mean over examples of |Σ z ∂L/∂z| over all positions of what a unit computes, divided by
   * the root of the sum of squares in its group [Molchanov, Tyree, Karras, Aila, Kautz, <i>Pruning
   * convolutional neural networks for resource efficient inference</i>, ICLR 2017, equations 8 and
   * 9; there of what follows a ReLU, which is the same]. By Euler's rule the sum is that of g over
   * the connections that the unit receives, for one example. One backward pass for each example.
   */
  static UnitCriterion taylor() {
    return (network, units, batch) -> {
      Map<UnitGroup, double[]> sums = new LinkedHashMap<>();
      for (int n = 0; n < batch.size(); n++) {
        Batch example = batch.example(n);
        if (network.objective().count(example.targets()) == 0) {
          continue; // its label is ignored
        }
        Map<String, Tensor> g = ConnectionSensitivity.of(network, example, Biases.SCORED);
        UnitSums.magnitudes(units, g, 0)
            .forEach((group, own) -> sums.merge(group, own, UnitSums::added));
      }
      sums.values().forEach(UnitSums::normalize);
      return sums;
    };
  }
}
