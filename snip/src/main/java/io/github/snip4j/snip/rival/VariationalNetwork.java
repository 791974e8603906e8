package io.github.snip4j.snip.rival;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.kernel.NormalNoise;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.ParameterGradients;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.UpdateRule;
import io.github.snip4j.snip.Masks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network whose weights are normal distributions: the means are those of a network, the variances
 * are beside it.
 *
 * <p>Implementation note: a layer that is linear in its weight gives the mean of its output when it
 * computes with θ, and the variance when it computes with σ² and bias 0 on x². So no layer is
 * rebuilt: one pass gives each layer θ, another one gives it σ².
 */
final class VariationalNetwork {
  private static final Variable TINY = Variable.constant(Tensor.scalar(1e-8f)); // √ has a slope

  private final Network means;
  private final Map<Parameter, VariationalWeight> weights = new LinkedHashMap<>();

  /**
   * @param means θ; trained in place
   * @throws IllegalArgumentException if connections belong to a layer of another kind than Linear
   *     and Conv2d
   */
  VariationalNetwork(Network means, VariationalDropout.Settings settings) {
    this.means = means;
    for (List<Parameter> layer : PrunableLayers.of("SVD", means).values()) {
      Parameter w = layer.get(0);
      weights.put(w, new VariationalWeight(w, settings, Adam.adam(0)));
    }
  }

  /** θ. */
  Network means() {
    return means;
  }

  /** Which numbers of each weight are not all noise. */
  Masks masks() {
    Map<String, Mask> masks = new LinkedHashMap<>();
    weights.forEach((p, weight) -> masks.put(p.name(), weight.mask()));
    return Masks.of(masks);
  }

  /** The distribution of a weight. */
  VariationalWeight weight(String name) {
    return Objects.requireNonNull(weights.get(means.parameter(name)));
  }

  /** Draws the noise of one step. */
  Draw draw(Seed seed) {
    return new Draw(seed);
  }

  /** One step with its noise. */
  final class Draw {
    private final Map<Parameter, VariationalWeight.Moments> moments = new LinkedHashMap<>();
    private final Pass mean;
    private final Pass variance;

    private Draw(Seed seed) {
      weights.forEach((p, weight) -> moments.put(p, weight.moments()));
      this.variance =
          Pass.leaves(
              Pass.Mode.TRAIN,
              seed,
              p -> weights.containsKey(p) ? of(p).variance() : Tensor.zeros(p.shape()));
      this.mean =
          Pass.leaves(Pass.Mode.TRAIN, seed, p -> weights.containsKey(p) ? of(p).mean() : p.value())
              .substituting(this::forward);
    }

    private VariationalWeight.Moments of(Parameter p) {
      return Objects.requireNonNull(moments.get(p));
    }

    /** y = θ x + b + ε ⊙ √(σ² x² + 1e-8) of a layer with noise. */
    private Variable forward(Layer layer, Variable x, Pass pass) {
      Variable y = layer.forward(x, pass);
      if (!PrunableLayers.isOne(layer)) {
        return y;
      }
      Variable spread = layer.forward(Arithmetic.multiply(x, x), variance);
      Variable deviation = Elementwise.sqrt(Arithmetic.add(spread, TINY));
      Tensor noise = NormalNoise.of(y.shape(), pass.draws(layer.name() + ".noise"));
      return Arithmetic.add(y, Arithmetic.multiply(deviation, Variable.constant(noise)));
    }

    /** The loss of a batch, without the divergence. */
    Variable loss(Batch batch) {
      return means.loss(batch, mean);
    }

    /**
     * Moves log σ² of all weights one step.
     *
     * @param gradients of the {@link #loss}
     * @param divergence the weight of the divergence
     * @return the gradients by θ, biases and all else of the network
     */
    ParameterGradients update(
        Gradients gradients, double divergence, UpdateRule rule, double rate, long step) {
      Map<String, Tensor> byName = new LinkedHashMap<>();
      for (Parameter p : means.parameters()) {
        Tensor byMean = gradients.of(mean.values(p));
        VariationalWeight weight = weights.get(p);
        byName.put(
            p.name(),
            weight == null
                ? byMean
                : weight.update(
                    of(p), byMean, gradients.of(variance.values(p)), divergence, rule, rate, step));
      }
      return ParameterGradients.of(means, byName);
    }
  }
}
