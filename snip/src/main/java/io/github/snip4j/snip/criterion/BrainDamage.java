package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.kernel.SoftmaxKernel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Pass;
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
 * <p>How h is computed: as the diagonal of the Gauss-Newton matrix, h<sub>jj</sub> = 1/N
 * Σ<sub>n,k</sub> p<sub>nk</sub> (∂ log p<sub>nk</sub> / ∂w<sub>j</sub>)<sup>2</sup> over all N
 * examples and all classes k with their probabilities p, one backward pass for each. It is exactly
 * the Hessian's where the logits are piecewise linear in w<sub>j</sub>: in networks of fully
 * connected layers, convolutions, batch norms, pooling and ReLU. Elsewhere it leaves out a term
 * with the second derivatives of the logits, as Gauss-Newton does; {@link #approximatedFor} says
 * where.
 *
 * <p>The sum of h<sub>jj</sub> w<sub>j</sub><sup>2</sup> is found directly, as (∂ log
 * p<sub>nk</sub> / ∂c<sub>j</sub>)<sup>2</sup>. It takes N K backward passes, so a few hundred
 * examples are many.
 */
public record BrainDamage() implements Criterion {
  @Override
  public Scores score(Connections connections) {
    return connections.scores(saliencies(connections));
  }

  /**
   * The names of the operations for which h is not exactly the Hessian's: those in which the logits
   * are not piecewise linear in a weight. None in the networks named above; the network's graph
   * tells, for the first example.
   *
   * @throws IllegalArgumentException if an operation does not say what kind of function it is
   */
  public static Set<String> approximatedFor(Connections connections) {
    Variable x = Variable.constant(example(connections.batches().get(0), 0));
    Pass pass = connections.pass(Pass.Mode.EVALUATE);
    return Linearity.broken("optimal brain damage", connections.network().forward(x, pass));
  }

  /** h<sub>jj</sub> w<sub>j</sub><sup>2</sup> / 2 by parameter. */
  static Map<String, Tensor> saliencies(Connections connections) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    int examples = 0;
    for (Batch batch : connections.batches()) {
      for (int n = 0; n < batch.size(); n++) {
        add(connections, Variable.constant(example(batch, n)), sums);
      }
      examples += batch.size();
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
  private static void add(Connections connections, Variable x, Map<String, double[]> sums) {
    Pass pass = connections.pass(Pass.Mode.EVALUATE);
    Variable logits = connections.network().forward(x, pass);
    float[] p = SoftmaxKernel.softmax(logits.value()).toArray();
    for (int k = 0; k < p.length; k++) {
      Tensor upstream = Tensor.zeros(logits.shape()); // sqrt(p_k) d log p_k / d logits
      for (int i = 0; i < p.length; i++) {
        upstream.put(i, (float) (Math.sqrt(p[k]) * ((i == k ? 1 : 0) - p[i])));
      }
      Gradients gradients = logits.backward(upstream);
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

  /** The n-th column of a batch, as a batch of one. */
  private static Tensor example(Batch batch, int n) {
    Shape example = batch.x().shape().dropLast();
    Tensor x = Tensor.zeros(example.append(1));
    for (int i = 0; i < x.size(); i++) {
      x.put(i, batch.x().at(i * batch.size() + n));
    }
    return x;
  }
}
