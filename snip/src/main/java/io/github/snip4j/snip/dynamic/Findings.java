package io.github.snip4j.snip.dynamic;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import org.jspecify.annotations.Nullable;

/**
 * What a step has found out about positions.
 *
 * @param momentum null if no rule looks at it
 */
record Findings(Pass pass, Gradients gradients, @Nullable DenseMomentum momentum) {
  /** The evidence for each position of a parameter; null of {@link Evidence#NONE}. */
  @Nullable Tensor everywhere(Evidence evidence, Parameter parameter) {
    return switch (evidence) {
      case NONE -> null;
      case GRADIENT -> gradients.of(pass.values(parameter));
      case MOMENTUM -> momentum(parameter);
    };
  }

  /** The mean magnitude of the evidence for the connections that exist; 0 of none. */
  double meanMagnitude(Evidence evidence, Parameter parameter) {
    return switch (evidence) {
      case NONE -> 0;
      case GRADIENT -> mean(pass.gradient(parameter, gradients));
      case MOMENTUM -> mean(parameter.structure().gather(momentum(parameter)));
    };
  }

  private Tensor momentum(Parameter parameter) {
    if (momentum == null) {
      throw new IllegalStateException("moving connections: no rule asked for a momentum");
    }
    return momentum.of(parameter);
  }

  private static double mean(Tensor t) {
    double sum = 0;
    for (int i = 0; i < t.size(); i++) {
      sum += Math.abs(t.at(i));
    }
    return t.size() == 0 ? 0 : sum / t.size();
  }
}
