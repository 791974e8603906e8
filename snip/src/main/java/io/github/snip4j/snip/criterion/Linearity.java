package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Replay;
import io.github.snip4j.autograd.Variable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Whether a graph is piecewise linear in each of its leaves, the others held. */
final class Linearity {
  private final Set<String> curved = new LinkedHashSet<>();
  private int leaves;

  private Linearity() {}

  /**
   * The names of the operations that bend a result as a function of a leaf; none if it is piecewise
   * linear in each.
   *
   * @throws IllegalArgumentException if an operation does not say what kind of function it is
   */
  static Set<String> broken(String who, Variable result) {
    Linearity linearity = new Linearity();
    linearity.replay(who, result, v -> linearity.leafOrConstant(v));
    return linearity.curved;
  }

  /** Which leaves a variable depends on. */
  private BitSet leafOrConstant(Variable v) {
    BitSet own = new BitSet();
    if (v.requiresGradient()) {
      own.set(leaves++);
    }
    return own;
  }

  private BitSet replay(String who, Variable result, Function<Variable, BitSet> given) {
    return Objects.requireNonNull(
        Replay.of(who, result, given, (y, operation, in) -> apply(who, operation, in)).get(result));
  }

  private BitSet apply(String who, Operation operation, List<BitSet> in) {
    if (operation.kind() == Operation.Kind.COMPOSED) {
      return parts(who, operation, in);
    }
    BitSet all = new BitSet();
    in.forEach(all::or);
    boolean bent =
        operation.kind() == Operation.Kind.SMOOTH
            ? !all.isEmpty()
            : operation.multipliesFirstTwo() && in.get(0).intersects(in.get(1));
    if (bent) {
      curved.add(operation.name());
    }
    return all;
  }

  private BitSet parts(String who, Operation operation, List<BitSet> in) {
    Map<Variable, BitSet> known = new HashMap<>();
    List<Variable> inputs = operation.inputs().stream().map(v -> Variable.leaf(v.value())).toList();
    for (int k = 0; k < in.size(); k++) {
      known.put(inputs.get(k), in.get(k));
    }
    return replay(who, operation.parts(inputs), v -> known.getOrDefault(v, new BitSet()));
  }
}
