package io.github.snip4j.autograd;

import io.github.snip4j.core.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link Operation} is computed, for those who ask more of it than its gradient.
 *
 * @param again the operation on other inputs
 * @param signals what stands in for it where only the dependence of outputs on inputs counts, or
 *     the operations that it is composed of
 * @param held what it is near its inputs, if it has a kink: linear
 * @param slope its derivative from x, where that is more exact than its gradient
 */
record Functions(
    Function<List<Variable>, Variable> again,
    Function<List<Variable>, Variable> signals,
    @Nullable UnaryOperator<Variable> held,
    @Nullable UnaryOperator<Tensor> slope) {
  /** The functions of an operation that stands in for itself. */
  static Functions of(Function<List<Variable>, Variable> again) {
    return new Functions(again, again, null, null);
  }

  /** The functions of an operation of one input that stands in for itself. */
  static Functions ofOne(UnaryOperator<Variable> again) {
    return of(in -> again.apply(in.get(0)));
  }

  Functions withSignals(Function<List<Variable>, Variable> others) {
    return new Functions(again, others, held, slope);
  }

  Functions withHeld(UnaryOperator<Variable> linear) {
    return new Functions(again, signals, linear, slope);
  }

  Functions withSlope(UnaryOperator<Tensor> exact) {
    return new Functions(again, signals, held, exact);
  }
}
