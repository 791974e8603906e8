package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Replay;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A graph computed without overflow: each tensor is v 2<sup>e</sup> with an exponent e of its own,
 * and the largest |v| is never far from 1. Powers of two round nothing, so that v 2<sup>e</sup> is
 * what the graph's floats would be if their exponents had no bounds.
 *
 * <p>A sum of products brings its terms to one exponent; rectifiers and maxima keep theirs;
 * whatever else depends on the size of x gets x itself, as {@link ScaledFunction} says.
 */
final class ScaledNumbers {
  /**
   * Tensors whose largest element is between 2 to the minus this and 2 to this stay as they are.
   */
  private static final int NEAR = 30;

  private final String who;

  private ScaledNumbers(String who) {
    this.who = who;
  }

  /** v 2<sup>exponent</sup>. */
  record Scaled(Variable v, int exponent) {
    /** These numbers with the largest |v| near 1. */
    Scaled normalized() {
      int size = sizeOf(v.value());
      return size >= -NEAR && size <= NEAR ? this : times(-size, exponent + size);
    }

    /** v 2<sup>power</sup>, under another exponent. */
    Scaled times(int power, int newExponent) {
      return new Scaled(power == 0 ? v : powerOfTwo(v, power), newExponent);
    }
  }

  /** The exponent of the largest magnitude; 0 of a tensor of zeros. */
  static int sizeOf(Tensor t) {
    float largest = 0;
    float[] data = t.data();
    for (int i = t.offset(); i < t.offset() + t.size(); i++) {
      largest = Math.max(largest, Math.abs(data[i]));
    }
    return largest == 0 ? 0 : Math.getExponent(largest);
  }

  private static boolean isZero(Tensor t) {
    for (int i = 0; i < t.size(); i++) {
      if (t.at(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** x 2<sup>power</sup>; a power beyond the range of floats is taken to be the last within. */
  static Variable powerOfTwo(Variable x, int power) {
    float factor = Math.scalb(1f, Math.min(power, Float.MAX_EXPONENT));
    return Variable.of(
        Operation.linear("power of two", v -> powerOfTwo(v, power), x),
        Pointwise.scale(x.value(), factor),
        x.pull(dy -> Pointwise.scale(dy, factor)));
  }

  /**
   * The result of a graph, up to a power of two.
   *
   * @param who asks, as messages begin
   * @throws IllegalArgumentException if an operation does not say what kind of function it is, or
   *     does not exist where the numbers lead
   */
  static Variable of(String who, Variable result) {
    return new ScaledNumbers(who)
        .replayed(result, v -> new Scaled(v, 0).normalized())
        .normalized()
        .v();
  }

  private Scaled replayed(Variable result, Function<Variable, Scaled> given) {
    return Objects.requireNonNull(Replay.of(who, result, given, this::apply).get(result));
  }

  private Scaled apply(Variable variable, Operation operation, List<Scaled> in) {
    Scaled y = isUnchanged(operation, in) ? new Scaled(variable, 0) : computed(operation, in);
    check(operation, y.v().value());
    return y.normalized();
  }

  /** Whether the graph has the result already, with gradients to all digits. */
  private static boolean isUnchanged(Operation operation, List<Scaled> in) {
    for (int k = 0; k < in.size(); k++) {
      if (in.get(k).exponent() != 0 || in.get(k).v() != operation.inputs().get(k)) {
        return false;
      }
    }
    if (operation.kind() != Operation.Kind.COMPOSED) {
      return !operation.hasExactSlope();
    }
    List<Variable> alone =
        operation.inputs().stream().map(input -> Variable.leaf(input.value())).toList();
    return operation.parts(alone).history().stream().noneMatch(ScaledNumbers::isInexact);
  }

  private static boolean isInexact(Variable variable) {
    Operation operation = variable.operation();
    return operation != null && operation.hasExactSlope();
  }

  private Scaled computed(Operation operation, List<Scaled> in) {
    return switch (operation.kind()) {
      case MULTILINEAR -> sum(operation, in);
      case RECTIFIER, MAXIMUM ->
          new Scaled(operation.again(List.of(in.get(0).v())), in.get(0).exponent());
      case SMOOTH -> new ScaledFunction(who, operation).of(in.get(0));
      case COMPOSED -> composed(operation, in);
      case UNSAID -> throw new IllegalStateException(operation.name());
    };
  }

  private void check(Operation operation, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      if (!Float.isFinite(y.at(i))) {
        throw new IllegalArgumentException(
            (who + ": '" + operation.name() + "' gives " + y.at(i) + " at position " + i)
                + ": expected a network that is finite for an input of ones and weights |w|");
      }
    }
  }

  /** Brings all terms to the exponent of the largest. */
  private static Scaled sum(Operation operation, List<Scaled> in) {
    int largest = Integer.MIN_VALUE;
    int largestOfAll = Integer.MIN_VALUE;
    for (int k = 0; k < in.size(); k++) {
      int exponent = termExponent(operation, in, k);
      largestOfAll = Math.max(largestOfAll, exponent);
      if (!isZero(in.get(k).v().value())) { // zeros have no size
        largest = Math.max(largest, exponent);
      }
    }
    int common = largest == Integer.MIN_VALUE ? largestOfAll : largest;
    List<Variable> terms = new ArrayList<>();
    for (int k = 0; k < in.size(); k++) {
      boolean secondFactor = operation.multipliesFirstTwo() && k == 1;
      int power = secondFactor ? 0 : termExponent(operation, in, k) - common;
      terms.add(in.get(k).times(power, 0).v());
    }
    return new Scaled(operation.again(terms), common);
  }

  private static int termExponent(Operation operation, List<Scaled> in, int k) {
    return operation.multipliesFirstTwo() && k < 2
        ? in.get(0).exponent() + in.get(1).exponent()
        : in.get(k).exponent();
  }

  private Scaled composed(Operation operation, List<Scaled> in) {
    Map<Variable, Scaled> given = new HashMap<>();
    List<Variable> inputs = new ArrayList<>();
    for (Scaled one : in) {
      Variable placeholder = Variable.leaf(one.v().value());
      inputs.add(placeholder);
      given.put(placeholder, one);
    }
    return replayed(
        operation.parts(inputs),
        v -> {
          Scaled one = given.get(v);
          return one == null ? new Scaled(v, 0).normalized() : one;
        });
  }
}
