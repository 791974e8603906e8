package io.github.snip4j.snip.diagnosis;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Replay;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A graph gone through with {@link Signal}s: forward, whether an input can reach a value; backward,
 * whether the value can reach an output.
 *
 * <p>Operations say how. A sum of products is 0 where all its terms are, and a product changes with
 * one factor where the other is not 0. A function of each element passes each signal on as it is;
 * where it turns 0 into something else, that is a constant and no signal of an input. A maximum
 * depends on all of its window, whichever is the largest for some input.
 */
final class SignalPaths {
  private final Map<Variable, Signal> signals;
  private final List<Step> steps = new ArrayList<>(); // in the order of the computation

  /** One operation: how what is known of its result tells of its inputs. */
  private interface Step {
    void back();
  }

  /**
   * Follows signals to a result and their use back from it.
   *
   * @param given what leaves and constants are
   * @throws IllegalArgumentException if an operation does not say what kind of function it is
   */
  SignalPaths(Variable result, Function<Variable, Signal> given) {
    this.signals = forward(result, given);
    Signal all = Objects.requireNonNull(signals.get(result));
    all.addUse(Tensor.full(all.shape(), 1f));
    for (int i = steps.size() - 1; i >= 0; i--) {
      steps.get(i).back();
    }
  }

  /** What is known of a variable; null if the result was not computed from it. */
  @Nullable Signal of(Variable variable) {
    return signals.get(variable);
  }

  private Map<Variable, Signal> forward(Variable result, Function<Variable, Signal> given) {
    return Replay.of(
        "effective connections", result, given, (y, operation, in) -> apply(operation, in));
  }

  private Signal apply(Operation operation, List<Signal> in) {
    return switch (operation.kind()) {
      case MULTILINEAR, MAXIMUM -> sum(operation, in);
      case RECTIFIER -> oneToOne(in.get(0), false);
      case SMOOTH -> oneToOne(in.get(0), !isZeroAtZero(operation));
      case COMPOSED -> parts(operation, in);
      case UNSAID -> throw new IllegalStateException(operation.name());
    };
  }

  private static boolean isZeroAtZero(Operation operation) {
    Variable zero = Variable.constant(Tensor.zeros(Shape.of(1)));
    return operation.again(List.of(zero)).value().at(0) == 0f;
  }

  private Signal oneToOne(Signal x, boolean everywhere) {
    Signal y = x.oneToOne(everywhere);
    steps.add(
        () -> {
          x.addUse(y.use());
          x.addPath(y.path());
        });
    return y;
  }

  private Signal parts(Operation operation, List<Signal> in) {
    Map<Variable, Signal> known = new HashMap<>();
    List<Variable> inputs = new ArrayList<>();
    for (Signal one : in) {
      Variable placeholder = Variable.leaf(one.present);
      inputs.add(placeholder);
      known.put(placeholder, one);
    }
    Variable result = operation.parts(inputs);
    Function<Variable, Signal> given =
        v -> {
          Signal one = known.get(v);
          return one == null ? Signal.constant(v.value()) : one;
        };
    return Objects.requireNonNull(forward(result, given).get(result));
  }

  private Signal sum(Operation operation, List<Signal> in) {
    boolean product = operation.multipliesFirstTwo();
    List<Variable> present = leaves(in, one -> one.present);
    Variable total = operation.signals(present);
    Signal second = product ? in.get(1) : null;
    boolean alike = second == null || second.changing == null;
    for (int k = 0; k < in.size(); k++) {
      alike &= in.get(k).changesWherePresent() || (product && k == 1);
    }
    Tensor changing =
        alike
            ? in.stream().allMatch(one -> one.changing == null) ? null : total.value()
            : changing(operation, in);
    Signal y = Signal.of(total.value(), changing);
    steps.add(() -> back(operation, in, present, total, y));
    return y;
  }

  /** Terms in which one factor changes and the other is not 0. */
  private static Tensor changing(Operation operation, List<Signal> in) {
    boolean product = operation.multipliesFirstTwo();
    List<Variable> first = leaves(in, Signal::changingOrZeros);
    if (!product) {
      return operation.signals(first).value();
    }
    first.set(1, Variable.leaf(in.get(1).present));
    Tensor byFirst = operation.signals(first).value();
    List<Variable> other = leaves(in, one -> Tensor.zeros(one.shape()));
    other.set(0, Variable.leaf(in.get(0).present));
    other.set(1, Variable.leaf(in.get(1).changingOrZeros()));
    Tensor bySecond = operation.signals(other).value();
    Tensor either = byFirst.copy();
    for (int i = 0; i < either.size(); i++) {
      either.put(i, Math.max(either.at(i), bySecond.at(i)));
    }
    return either;
  }

  private static void back(
      Operation operation, List<Signal> in, List<Variable> present, Variable total, Signal y) {
    Tensor use = y.use();
    if (use != null) {
      Gradients used = total.backward(use);
      for (int k = 0; k < in.size(); k++) {
        in.get(k).addUse(used.of(present.get(k)));
      }
      if (operation.multipliesFirstTwo()) {
        factors(operation, in, use, used.of(present.get(1)));
      }
    }
    Tensor path = y.path();
    if (path != null) {
      Gradients onPath = total.backward(path);
      for (int k = 0; k < in.size(); k++) {
        in.get(k).addPath(onPath.of(present.get(k)));
      }
    }
  }

  /**
   * A factor is on a path where the other one changes.
   *
   * @param byPresent what the second factor is multiplied by that is present
   */
  private static void factors(Operation operation, List<Signal> in, Tensor use, Tensor byPresent) {
    Signal first = in.get(0);
    Signal second = in.get(1);
    if (second.changing == null && first.changing == first.present) {
      second.addPath(byPresent);
      return;
    }
    List<Variable> changing = leaves(in, Signal::changingOrZeros);
    Gradients multiplied = operation.signals(changing).backward(use);
    first.addPath(second.changing == null ? null : multiplied.of(changing.get(0)));
    second.addPath(first.changing == null ? null : multiplied.of(changing.get(1)));
  }

  private static List<Variable> leaves(List<Signal> in, Function<Signal, Tensor> values) {
    List<Variable> leaves = new ArrayList<>();
    in.forEach(one -> leaves.add(Variable.leaf(values.apply(one))));
    return leaves;
  }
}
