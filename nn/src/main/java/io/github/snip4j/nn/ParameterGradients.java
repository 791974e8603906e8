package io.github.snip4j.nn;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.ReductionKernels;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The gradients of a loss with respect to a network's parameters, by name: values that can be
 * added, scaled and clipped. Immutable; of a pruned parameter there are those of the values that
 * exist.
 *
 * <p>Tensors that are made within a {@link io.github.snip4j.core.tensor.Workspace} step are valid
 * until the next: {@link #copy} what is to be kept.
 *
 * <pre>{@code
 * ParameterGradients g = ParameterGradients.of(network, pass, loss.backward()).clippedToNorm(1);
 * optimizer.step(g, rate);
 * }</pre>
 */
public final class ParameterGradients {
  private final Map<String, Tensor> byName;
  private final Map<String, Structure> structures; // whose elements they are of

  private ParameterGradients(Map<String, Tensor> byName, Map<String, Structure> structures) {
    this.byName = byName;
    this.structures = structures;
  }

  /**
   * The gradients of a pass.
   *
   * @return of all parameters that the loss depends on
   */
  public static ParameterGradients of(Network network, Pass pass, Gradients gradients) {
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (Parameter p : network.parameters()) {
      if (pass.isUsed(p) && gradients.contains(pass.values(p))) {
        byName.put(p.name(), pass.gradient(p, gradients));
      }
    }
    return new ParameterGradients(byName, network.structures());
  }

  /**
   * Gradients of one's own, of the values that exist now.
   *
   * @param byName by parameter name, each of the shape of the parameter's values; not copied
   * @throws IllegalArgumentException if there is no such parameter, or a gradient has another shape
   */
  public static ParameterGradients of(Network network, Map<String, Tensor> byName) {
    byName.forEach(
        (name, g) -> {
          Parameter p = network.parameter(name);
          if (!g.shape().equals(p.value().shape())) {
            throw new IllegalArgumentException(
                ("gradients: " + g.shape() + " for " + p + ": expected " + p.value().shape())
                    + ", as its values");
          }
        });
    return new ParameterGradients(new LinkedHashMap<>(byName), network.structures());
  }

  /** All, by name, in the network's order; not to be modified. */
  public Map<String, Tensor> byName() {
    return Collections.unmodifiableMap(byName);
  }

  /**
   * The gradient with respect to a parameter.
   *
   * @throws IllegalArgumentException if the loss does not depend on it
   */
  public Tensor of(String parameter) {
    Tensor gradient = byName.get(parameter);
    if (gradient == null) {
      throw new IllegalArgumentException(
          "gradients: none of " + parameter + " among " + byName.keySet());
    }
    return gradient;
  }

  /** Whether that with respect to a parameter is of exactly what exists in a structure. */
  public boolean areOf(String parameter, Structure structure) {
    return Objects.requireNonNull(structures.get(parameter)).hasSameElements(structure);
  }

  /**
   * The sum of these and others.
   *
   * @throws IllegalArgumentException if they are not of the same parameters, shapes and connections
   */
  public ParameterGradients plus(ParameterGradients other) {
    if (!byName.keySet().equals(other.byName.keySet())) {
      throw new IllegalArgumentException(
          "gradients of " + byName.keySet() + " and of " + other.byName.keySet());
    }
    Map<String, Tensor> sums = new LinkedHashMap<>();
    byName.forEach(
        (name, g) -> {
          Tensor h = other.of(name);
          if (!g.shape().equals(h.shape())) {
            throw new IllegalArgumentException(
                "gradients of " + name + ": " + g.shape() + " and " + h.shape());
          }
          if (!areOf(name, Objects.requireNonNull(other.structures.get(name)))) {
            throw new IllegalArgumentException(
                "gradients of " + name + " are of other connections: expected the same");
          }
          sums.put(name, Broadcast.add(g, h));
        });
    return new ParameterGradients(sums, structures);
  }

  /** Each multiplied by a factor. */
  public ParameterGradients scaled(double factor) {
    return each(g -> Pointwise.scale(g, (float) factor));
  }

  /** √(Σ g²) over all elements of all parameters. */
  public double norm() {
    ReductionKernels kernels = KernelChoice.chosen().reductions();
    double squares = 0;
    for (Tensor g : byName.values()) {
      squares += kernels.dot(g.size(), 0f, g.data(), g.offset(), g.data(), g.offset());
    }
    return Math.sqrt(squares);
  }

  /**
   * Scaled down, so that their {@link #norm} is at most a number; these, if it is not above it. For
   * a norm that is infinite or NaN there is no such factor: these, for the optimiser to refuse or
   * the next loss to show.
   *
   * @param most above 0
   * @throws IllegalArgumentException if it is not
   */
  public ParameterGradients clippedToNorm(double most) {
    checkPositive("norm", most);
    double norm = norm();
    return norm > most && norm <= Double.MAX_VALUE ? scaled(most / norm) : this;
  }

  /**
   * Each element brought into [-most, most]; NaN stays.
   *
   * @param most above 0
   * @throws IllegalArgumentException if it is not
   */
  public ParameterGradients clippedToValue(double most) {
    checkPositive("value", most);
    float bound = (float) most;
    return each(
        g -> {
          Tensor clipped = g.copy();
          for (int i = 0; i < clipped.size(); i++) {
            clipped.put(i, Math.max(-bound, Math.min(bound, clipped.at(i))));
          }
          return clipped;
        });
  }

  /** These gradients in arrays of their own, which outlive the step. */
  public ParameterGradients copy() {
    return each(Tensor::copy);
  }

  private ParameterGradients each(UnaryOperator<Tensor> change) {
    Map<String, Tensor> changed = new LinkedHashMap<>();
    byName.forEach((name, g) -> changed.put(name, change.apply(g)));
    return new ParameterGradients(changed, structures);
  }

  private static void checkPositive(String what, double most) {
    if (!(most > 0)) {
      throw new IllegalArgumentException(
          "gradients: clipped to " + what + " " + most + ": expected a number above 0");
    }
  }
}
