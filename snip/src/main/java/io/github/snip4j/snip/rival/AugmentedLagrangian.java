package io.github.snip4j.snip.rival;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The pruned copy θ of parameters w, and the multipliers λ of w = θ, in ‖θ‖₀ ≤ κ. */
final class AugmentedLagrangian {
  private final List<Parameter> parameters;
  private final int kappa;
  private final Map<String, Tensor> theta = new LinkedHashMap<>();
  private final Map<String, Tensor> lambda = new LinkedHashMap<>();
  private Masks masks;

  /**
   * Direct compression: λ = 0, θ the κ largest |w|.
   *
   * @param parameters whole; their values are read, and written by {@link #replace} alone
   */
  AugmentedLagrangian(List<Parameter> parameters, int kappa) {
    this.parameters = List.copyOf(parameters);
    this.kappa = kappa;
    for (Parameter p : parameters) {
      lambda.put(p.name(), Tensor.zeros(p.shape()));
    }
    this.masks = project(1);
  }

  /** What the L step draws w to: θ + λ/μ, by parameter name. */
  Map<String, Tensor> target(double mu) {
    Map<String, Tensor> target = new LinkedHashMap<>();
    theta.forEach((name, t) -> target.put(name, plus(t, 1 / mu, of(lambda, name))));
    return target;
  }

  /** The C step, θ = the κ largest |w - λ/μ|, and then λ = λ - μ (w - θ). */
  void compress(double mu) {
    masks = project(mu);
    for (Parameter p : parameters) {
      Tensor distance = plus(p.value(), -1, of(theta, p.name()));
      lambda.put(p.name(), plus(of(lambda, p.name()), -mu, distance));
    }
  }

  /**
   * w = θ.
   *
   * @return which of them are not pruned, exactly κ
   */
  Masks replace() {
    for (Parameter p : parameters) {
      p.value().copyFrom(of(theta, p.name()));
      p.changed();
    }
    return masks;
  }

  /** θ, by parameter name. */
  Map<String, Tensor> theta() {
    return theta;
  }

  private Masks project(double mu) {
    for (Parameter p : parameters) {
      theta.put(p.name(), plus(p.value(), -1 / mu, of(lambda, p.name())));
    }
    Masks largest = Masks.keepTop(Scores.of(theta), kappa);
    largest.byName().forEach((name, mask) -> mask.applyTo(of(theta, name)));
    return largest;
  }

  /** a + factor b. */
  private static Tensor plus(Tensor a, double factor, Tensor b) {
    Tensor sum = Tensor.zeros(a.shape());
    for (int i = 0; i < sum.size(); i++) {
      sum.put(i, (float) (a.at(i) + factor * b.at(i)));
    }
    return sum;
  }

  private static Tensor of(Map<String, Tensor> byName, String name) {
    return Objects.requireNonNull(byName.get(name));
  }
}
