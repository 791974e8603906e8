package io.github.snip4j.snip;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.Map;

/**
 * How much the loss would change if a connection were removed, for every connection at once.
 *
 * <p>A network is L(c ⊙ w; D), with a mask variable c<sub>j</sub> for each weight w<sub>j</sub>.
 * Removing connection j changes the loss by
 *
 * <p>ΔL<sub>j</sub> = L(1 ⊙ w; D) - L((1 - e<sub>j</sub>) ⊙ w; D) ≈ g<sub>j</sub>(w; D) = ∂L(c ⊙ w;
 * D) / ∂c<sub>j</sub> at c = 1 (equations 4 and 5).
 *
 * <p>One backward pass gives all g<sub>j</sub>. They are not the gradients with respect to the
 * weights: by the chain rule g<sub>j</sub> = w<sub>j</sub> ∂L/∂w<sub>j</sub>.
 */
public final class ConnectionSensitivity {
  private ConnectionSensitivity() {}

  /**
   * The signed sensitivities g = ∂L/∂c at c = 1, by parameter, in the network's order.
   *
   * <p>The network is in evaluation mode, as in the authors' code; it is not modified.
   *
   * @param batch the mini-batch D<sup>b</sup>
   * @param scope which parameters are connections, as in {@link Biases#SCORED}
   * @return a tensor for each prunable parameter, of its shape
   * @throws IllegalArgumentException if the batch does not fit the network
   */
  public static Map<String, Tensor> of(Network network, Batch batch, Scope scope) {
    Connections connections = Connections.of(network, scope, List.of(batch), new Seed(0));
    return of(connections, batch, Pass.Mode.EVALUATE);
  }

  /**
   * The signed sensitivities at the masks c that the connections have: where some are pruned, it
   * tells what their return would change.
   *
   * @param mode whether batch norms use their running statistics, or those of this batch
   */
  public static Map<String, Tensor> of(Connections connections, Batch batch, Pass.Mode mode) {
    Pass pass = connections.pass(mode);
    Gradients gradients = connections.network().loss(batch, pass).backward();
    return connections.each(parameter -> gradients.of(pass.mask(parameter)));
  }

  /** The scores s<sub>j</sub> = |g<sub>j</sub>| / Σ<sub>k</sub> |g<sub>k</sub>| (eq. 6). */
  public static Scores score(Network network, Batch batch) {
    return score(network, batch, Biases.SCORED);
  }

  /** The scores of the connections in a scope. */
  public static Scores score(Network network, Batch batch, Scope scope) {
    Connections connections = Connections.of(network, scope, List.of(batch), new Seed(0));
    return connections.scores(of(connections, batch, Pass.Mode.EVALUATE));
  }

  /** The criterion: scores in evaluation mode, of the sum over the batches if there are many. */
  public static Scores score(Connections connections) {
    return criterion(Accumulation.SUM, Pass.Mode.EVALUATE).score(connections);
  }

  /**
   * The criterion with other choices: how batches are added up, and the mode.
   *
   * @param accumulation how the sensitivities of several batches become one
   * @param mode whether batch norms use their running statistics (the authors' code), or those of
   *     each batch; the running ones are not modified
   */
  public static Criterion criterion(Accumulation accumulation, Pass.Mode mode) {
    return connections -> connections.scores(accumulation.over(connections, mode));
  }
}
