package io.github.snip4j.snip.criterion;

import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Scores;
import java.util.Map;
import java.util.Objects;

/**
 * GraSP: connections are kept whose removal would reduce the flow of gradients. Removing
 * w<sub>j</sub> changes ||g||<sup>2</sup>, g = ∂L/∂w, by about -2 w<sub>j</sub> (H g)<sub>j</sub>,
 * H the Hessian of L; kept are the largest s<sub>j</sub> = w<sub>j</sub> (H g)<sub>j</sub>, which
 * may be negative [Wang, Zhang, Grosse, <i>Picking winning tickets before training by preserving
 * gradient flow</i>, ICLR 2020: equation 8 and algorithm 1, with the opposite sign].
 *
 * <p>How H g is computed: {@link HessianProduct}. The sum over all examples is taken for g and for
 * H, which is the mean up to a factor.
 *
 * @param temperature what logits are divided by; 200 in the authors' code
 * @param mode whether batch norms use their running statistics or, as in the authors' code, those
 *     of each batch; the running ones are not modified
 */
public record GradientFlow(double temperature, Pass.Mode mode) implements Criterion {
  /** The authors' temperature, 200. */
  public static final double TEMPERATURE = 200;

  /** Checks the temperature. */
  public GradientFlow {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature " + temperature + ": expected a number above 0");
    }
  }

  /** The authors' temperature; running statistics, as connection sensitivity is scored. */
  public GradientFlow() {
    this(TEMPERATURE, Pass.Mode.EVALUATE);
  }

  @Override
  public Scores score(Connections connections) {
    Map<String, Tensor> hg = hessianGradientProduct(connections);
    return connections.signedScores(
        connections.each(p -> Broadcast.multiply(connections.weights(p), of(hg, p))));
  }

  /** H g by parameter. */
  Map<String, Tensor> hessianGradientProduct(Connections connections) {
    HessianProduct hessian = new HessianProduct(connections, mode, temperature);
    return hessian.times(hessian.gradient());
  }

  private static Tensor of(Map<String, Tensor> byName, Parameter parameter) {
    return Objects.requireNonNull(byName.get(parameter.name()));
  }
}
