package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Scores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Optimal brain damage: s<sub>j</sub> = h<sub>jj</sub> w<sub>j</sub><sup>2</sup> / 2, the second
 * term of the change of the loss, with h<sub>jj</sub> on the diagonal of the Hessian [LeCun,
 * Denker, Solla, <i>Optimal brain damage</i>, NIPS 1989, equation 5; there after a training, where
 * the first term is 0].
 *
 * <p>How h is computed: as the diagonal of the Gauss-Newton matrix. For cross-entropy
 * h<sub>jj</sub> = 1/N Σ<sub>n,k</sub> p<sub>nk</sub> (∂ log p<sub>nk</sub> /
 * ∂w<sub>j</sub>)<sup>2</sup> over all N examples and all classes k with their probabilities p, one
 * backward pass for each; for others the {@linkplain Objective#curvature objective} says what
 * stands for √p<sub>nk</sub> ∂ log p<sub>nk</sub>. It is exactly the Hessian's where the outputs
 * are piecewise linear in w<sub>j</sub>: in networks of fully connected layers, convolutions, batch
 * norms, pooling and ReLU. Elsewhere it leaves out a term with the second derivatives of the
 * outputs, as Gauss-Newton does; {@link #approximatedFor} says where.
 *
 * <p>The sum of h<sub>jj</sub> w<sub>j</sub><sup>2</sup> is found directly, by c<sub>j</sub>
 * instead of w<sub>j</sub>. It takes N K backward passes, so a few hundred examples are many.
 */
public record BrainDamage() implements Criterion {
  @Override
  public Scores score(Connections connections) {
    return connections.scores(saliencies(connections));
  }

  /**
   * The names of the operations for which h is not exactly the Hessian's: those in which the
   * outputs are not piecewise linear in a weight. None in the networks named above; the network's
   * graph tells, for the first example.
   *
   * @throws IllegalArgumentException if an operation does not say what kind of function it is
   */
  public static Set<String> approximatedFor(Connections connections) {
    Variable x = Variable.constant(connections.batches().get(0).example(0).x());
    Pass pass = connections.pass(Pass.Mode.EVALUATE);
    return Linearity.broken("optimal brain damage", connections.network().forward(x, pass));
  }

  /**
   * h<sub>jj</sub> w<sub>j</sub><sup>2</sup> / 2 by parameter: the mean over the examples of all
   * batches.
   */
  public static Map<String, Tensor> saliencies(Connections connections) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    double examples = 0;
    for (Batch batch : connections.batches()) {
      for (int n = 0; n < batch.size(); n++) {
        add(connections, batch.example(n), sums);
      }
      examples += connections.network().objective().count(batch.targets());
    }
    double share = 0.5 / examples;
    return connections.each(
        p -> {
          double[] sum = Objects.requireNonNull(sums.get(p.name()));
          Tensor s = Tensor.zeros(p.shape());
          for (int j = 0; j < s.size(); j++) {
            s.put(j, (float) (share * sum[j]));
          }
          return s;
        });
  }

  /** Adds the squares of one example. */
  private static void add(Connections connections, Batch example, Map<String, double[]> sums) {
    Pass pass = connections.pass(Pass.Mode.EVALUATE);
    Variable outputs = connections.network().forward(Variable.constant(example.x()), pass);
    Objective objective = connections.network().objective();
    for (Tensor root : objective.curvature(outputs.value(), example.targets())) {
      Gradients gradients = outputs.backward(root);
      connections
          .each(parameter -> gradients.of(pass.mask(parameter)))
          .forEach(
              (name, g) -> addSquares(g, sums.computeIfAbsent(name, key -> new double[g.size()])));
    }
  }

  private static void addSquares(Tensor g, double[] sums) {
    for (int j = 0; j < sums.length; j++) {
      double value = g.at(j);
      sums[j] += value * value;
    }
  }
}
