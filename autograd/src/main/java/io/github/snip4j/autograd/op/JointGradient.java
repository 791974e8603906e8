package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The gradients with respect to several inputs, where one computation gives them all: done when the
 * first is asked for, forgotten when the last has been.
 */
final class JointGradient<G> {
  private final Function<Tensor, G> rule;
  private final int inputs;
  private @Nullable Tensor upstream;
  private @Nullable G gradients;
  private int left;

  JointGradient(Function<Tensor, G> rule, Variable... inputs) {
    this.rule = rule;
    this.inputs = (int) Arrays.stream(inputs).filter(Variable::requiresGradient).count();
  }

  /** What the rule gives for dy; a backward pass asks once for each input that needs it. */
  G of(Tensor dy) {
    G known = left > 0 && dy == upstream ? gradients : null;
    if (known == null) {
      known = rule.apply(dy);
      left = inputs;
    }
    left--;
    upstream = left > 0 ? dy : null;
    gradients = left > 0 ? known : null;
    return known;
  }
}
