package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Scores;

/**
 * SynFlow: how much of the flow from inputs to outputs goes through a connection, s<sub>j</sub> =
 * ∂R/∂c<sub>j</sub> with R = 1<sup>T</sup> ∏<sub>l</sub> |c ⊙ w|<sup>l</sup> 1: the sum of the
 * logits for an input of ones where every parameter is replaced by its magnitude. Looks at no data
 * [Tanaka, Kunin, Yamins, Ganguli, <i>Pruning neural networks without any data by iteratively
 * conserving synaptic flow</i>, NeurIPS 2020; there in 100 rounds].
 *
 * <p>The flow is conserved: each layer that all paths go through has the same sum of scores, R. So
 * the connections of a wide layer score less, and no layer is pruned whole while another has
 * connections left.
 *
 * <p>Implementation note: R grows with every layer, beyond what a float holds in deep networks.
 * Between two layers of a {@link Sequential} all paths go through one tensor, so a factor there
 * multiplies all scores alike; a power of two brings its largest element to 1 .. 2, and rounds
 * nothing. (The authors' code computes in double precision.) Within a residual block nothing is
 * rescaled. The network is evaluated with its running statistics; those of a new one are 0 and 1.
 */
public record SynapticFlow() implements Criterion {
  @Override
  public Scores score(Connections connections) {
    Network network = connections.network();
    Pass pass = connections.pass(Pass.Mode.EVALUATE, SynapticFlow::magnitude);
    Variable ones = Variable.constant(Tensor.full(network.input().append(1), 1f));
    Gradients gradients = Reductions.sum(flow(network.body(), ones, pass)).backward();
    return Scores.of(connections.each(parameter -> gradients.of(pass.mask(parameter))));
  }

  private static Tensor magnitude(Parameter parameter) {
    Tensor w = parameter.value().copy();
    for (int j = 0; j < w.size(); j++) {
      w.put(j, Math.abs(w.at(j)));
    }
    return w;
  }

  private static Variable flow(Layer layer, Variable x, Pass pass) {
    if (!(layer instanceof Sequential chain)) {
      return rescaled(pass.through(layer, x));
    }
    Variable y = x;
    for (Layer next : chain.layers()) {
      y = flow(next, y, pass);
    }
    return y;
  }

  private static Variable rescaled(Variable y) {
    float largest = 0;
    for (float value : y.value().toArray()) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0 || !Float.isFinite(largest)) {
      return y; // no flow; or too much of it, which Scores refuses
    }
    float factor = Math.scalb(1f, -Math.getExponent(largest));
    return Variable.of(
        Operation.named("rescaled"),
        Pointwise.scale(y.value(), factor),
        y.pull(dy -> Pointwise.scale(dy, factor)));
  }
}
