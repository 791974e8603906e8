package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
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
 * <p>That holds where all layers are homogeneous: without biases, batch norms or smooth
 * activations. Scores are right for every network whose {@linkplain
 * io.github.snip4j.autograd.Operation operations} say what they are: biases, scales and shifts
 * count with their magnitudes, running statistics as they are (those of a new network are 0 and 1).
 * The authors' code takes the magnitude of every array of the network's state, the running means
 * among them, which is another flow where they are negative.
 *
 * <p>Implementation note: R grows with every layer, beyond what a float holds in deep networks (the
 * authors' code computes in double precision). {@link ScaledNumbers} gives each tensor an exponent
 * of its own. All scores are then too small by the same power of two, which ranks alike.
 */
public record SynapticFlow() implements Criterion {
  @Override
  public Scores score(Connections connections) {
    Network network = connections.network();
    Pass pass = connections.pass(Pass.Mode.EVALUATE, SynapticFlow::magnitude);
    Variable ones = Variable.constant(Tensor.full(network.input().append(1), 1f));
    Variable flow = Reductions.sum(network.forward(ones, pass));
    Gradients gradients = ScaledNumbers.of("SynFlow", flow).backward();
    return connections.scores(connections.each(parameter -> gradients.of(pass.mask(parameter))));
  }

  private static Tensor magnitude(Parameter parameter) {
    Tensor w = parameter.value().copy();
    for (int j = 0; j < w.size(); j++) {
      w.put(j, Math.abs(w.at(j)));
    }
    return w;
  }
}
