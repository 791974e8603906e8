package io.github.snip4j.nn;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The parameters in the graph of one {@link Pass}: each enters when it is first asked for, and is
 * the same variable from then on.
 */
final class PassParameters {
  private final BiFunction<Parameter, PassParameters, Variable> entry;
  private final boolean whole; // whether pruned parameters enter with their zeros
  private final Map<Parameter, Variable> entered = new HashMap<>();
  private final Map<Parameter, Weight> weights = new HashMap<>();
  private final Map<Parameter, Variable> masks = new HashMap<>();
  private final Map<Parameter, Integer> changes = new HashMap<>(); // when they entered
  private final Map<Parameter, Structure> structures = new HashMap<>(); // when they entered

  /**
   * @param entry makes the variable of a parameter that enters
   * @param whole whether it has the parameter's whole shape, however pruned that is
   */
  PassParameters(BiFunction<Parameter, PassParameters, Variable> entry, boolean whole) {
    this.entry = entry;
    this.whole = whole;
  }

  /** Parameters that enter in the same way, none of which has entered yet. */
  PassParameters anew() {
    return new PassParameters(entry, whole);
  }

  /**
   * The variable c ⊙ w of a parameter that enters, with c a leaf.
   *
   * @param at c; null for the constant w
   */
  Variable masked(Parameter parameter, @Nullable Tensor at, Tensor w) {
    if (at == null) {
      return Variable.constant(w);
    }
    Variable c = Variable.leaf(at);
    masks.put(parameter, c);
    return Arithmetic.multiply(c, Variable.constant(w));
  }

  /** Checks that the parameters are as they were when they entered: {@link Pass#through}. */
  void checkUnchanged() {
    changes.forEach(PassParameters::checkUnchanged);
  }

  private static void checkUnchanged(Parameter parameter, int changesBefore) {
    if (parameter.changes() != changesBefore) {
      throw new IllegalStateException(
          ("pass: " + parameter + " has changed since this pass first used it:")
              + " take a new Pass for each step");
    }
  }

  /** The values that a parameter holds, as {@link Pass#values} says. */
  Variable values(Parameter parameter) {
    Variable present = entered.get(parameter);
    if (present == null) {
      present = entry.apply(parameter, this);
      entered.put(parameter, present);
      changes.put(parameter, parameter.changes());
      structures.put(parameter, parameter.structure());
    }
    return present;
  }

  /** The gradient with respect to these values, as {@link Pass#gradient} says. */
  Tensor gradient(Parameter parameter, Gradients gradients) {
    Tensor gradient = gradients.of(values(parameter));
    Structure then = structures.get(parameter);
    if (!whole && then != null && !then.hasSameElements(parameter.structure())) {
      throw new IllegalStateException(
          ("pass: the gradient of " + parameter + " is of other connections than exist now:")
              + " move connections after the optimiser's step, or take a new Pass");
    }
    return whole ? parameter.structure().gather(gradient) : gradient;
  }

  /** Whether a parameter has entered. */
  boolean isUsed(Parameter parameter) {
    return entered.containsKey(parameter);
  }

  /** A parameter as operations take it that multiply by a weight. */
  Weight weight(Parameter parameter) {
    return weights.computeIfAbsent(
        parameter,
        p ->
            whole && p.isPruned()
                ? Weight.padded(values(p), p.structure())
                : Weight.of(values(p), p.structure()));
  }

  /** The mask variable c of a parameter; errors as {@link Pass#mask}. */
  Variable mask(Parameter parameter) {
    Variable c = masks.get(parameter);
    if (c == null) {
      throw new IllegalArgumentException(
          "pass: "
              + parameter
              + " has no mask here: "
              + (isUsed(parameter)
                  ? "this pass gives it none"
                  : "no layer has used it in this pass"));
    }
    return c;
  }
}
