package io.github.snip4j.autograd;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Checks an operation's gradients against central differences, for tests: of the engine's
 * operations and of anybody's own.
 *
 * <pre>{@code
 * GradCheck.check(1e-3, inputs -> multiply(inputs.get(0), inputs.get(1)), new Seed(1), a, b);
 * }</pre>
 *
 * <p>For each input x it draws a direction u of x's shape and, once, an upstream gradient dy of the
 * result's shape, both random, and compares two numbers: ⟨dx, u⟩ by {@link Variable#backward}, and
 * the derivative of ⟨f(x + t u), dy⟩ at t = 0 by differences with t = ±h and ±2h, h = 1/64, whose
 * error is of the order h<sup>4</sup> [1]. A random direction sees every element of the gradient at
 * once [2]. Inputs and results may have any shape; time is that of four values for each input.
 *
 * <p>Where both numbers are below 1 their difference is taken as it is, and not relative to them:
 * an operation whose derivatives are far below 1 has to be scaled up to be checked.
 *
 * <p>Sources: [1] Richardson, <i>The approximate arithmetical solution by finite differences of
 * physical problems</i>, 1911. [2] Griewank, Walther, <i>Evaluating derivatives</i>, 2nd edition,
 * 2008.
 */
public final class GradCheck {
  private static final float STEP = 1f / 64;

  private GradCheck() {}

  /** The two derivatives by one input, along one direction. */
  public record Comparison(int input, double backward, double differences) {
    /** Their distance, over the larger of them and 1. */
    public double error() {
      double size = Math.max(1, Math.max(Math.abs(backward), Math.abs(differences)));
      return Math.abs(backward - differences) / size;
    }
  }

  /**
   * Compares both derivatives, for each input in turn.
   *
   * @param f an operation; called several times, must give the same for the same
   * @param seed of the directions and the upstream gradient
   * @param inputs where to check, not modified; stay away from kinks by more than 1/32 times a
   *     normal draw
   * @return a comparison for each input, in their order
   * @throws IllegalArgumentException if the result does not depend on one of the inputs
   * @throws IllegalStateException if a gradient has another shape than its input
   */
  public static List<Comparison> compare(
      Function<List<Variable>, Variable> f, Seed seed, Tensor... inputs) {
    List<Variable> leaves = new ArrayList<>();
    for (Tensor input : inputs) {
      leaves.add(Variable.leaf(input));
    }
    Variable y = f.apply(leaves);
    Tensor dy = normal(y.shape(), seed.child("upstream"));
    Gradients gradients = y.backward(dy);
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      Tensor u = normal(inputs[i].shape(), seed.child("direction").child(i));
      double near = slope(f, inputs, i, u, dy, STEP);
      double far = slope(f, inputs, i, u, dy, 2 * STEP);
      double backward = dot(gradients.of(leaves.get(i)), u);
      comparisons.add(new Comparison(i, backward, (4 * near - far) / 3));
    }
    return comparisons;
  }

  /**
   * Compares derivatives as {@link #compare} does, and throws where the two differ.
   *
   * @param tolerance of {@link Comparison#error}; 1e-3 suits single precision
   * @param f an operation; called several times, must give the same for the same
   * @param seed of the directions and the upstream gradient
   * @param inputs where to check, as in {@link #compare}
   * @throws AssertionError naming the input and both derivatives
   * @throws IllegalArgumentException if the result does not depend on one of the inputs
   * @throws IllegalStateException if a gradient has another shape than its input
   */
  public static void check(
      double tolerance, Function<List<Variable>, Variable> f, Seed seed, Tensor... inputs) {
    for (Comparison c : compare(f, seed, inputs)) {
      if (!(c.error() <= tolerance)) { // this way round, NaN fails too
        throw new AssertionError(
            ("input " + c.input + " of shape " + inputs[c.input].shape())
                + (": backward gives " + c.backward + ", differences " + c.differences));
      }
    }
  }

  private static double slope(
      Function<List<Variable>, Variable> f,
      Tensor[] inputs,
      int moved,
      Tensor u,
      Tensor dy,
      float h) {
    return (at(f, inputs, moved, u, dy, h) - at(f, inputs, moved, u, dy, -h)) / (2 * h);
  }

  private static double at(
      Function<List<Variable>, Variable> f,
      Tensor[] inputs,
      int moved,
      Tensor u,
      Tensor dy,
      float t) {
    List<Variable> constants = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      Tensor x = inputs[i].copy();
      for (int j = 0; i == moved && j < x.size(); j++) {
        x.put(j, x.at(j) + t * u.at(j));
      }
      constants.add(Variable.constant(x));
    }
    return dot(f.apply(constants).value(), dy);
  }

  private static Tensor normal(Shape shape, Seed seed) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.put(i, (float) seed.normal(i));
    }
    return t;
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.at(i) * b.at(i);
    }
    return sum;
  }
}
