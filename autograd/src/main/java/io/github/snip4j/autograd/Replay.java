package io.github.snip4j.autograd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A graph gone through once more, from leaves and constants to the result, by other rules: at other
 * values, with kinks held where they are, in numbers of another kind.
 */
public final class Replay {
  private Replay() {}

  /** What an operation gives under other rules. */
  @FunctionalInterface
  public interface Rule<T> {
    /**
     * The result of one operation.
     *
     * @param variable what the operation gave in the graph
     * @param operation not of the kind {@link Operation.Kind#UNSAID}
     * @param inputs what its inputs have become
     */
    T apply(Variable variable, Operation operation, List<T> inputs);
  }

  /**
   * What the variables become that a result was computed from, and it itself.
   *
   * @param who asks, as messages begin
   * @param given what leaves and constants become; asked once for each
   * @throws IllegalArgumentException if an operation does not say what kind of function it is
   */
  public static <T> Map<Variable, T> of(
      String who, Variable result, Function<Variable, T> given, Rule<T> rule) {
    Map<Variable, T> become = new HashMap<>();
    for (Variable variable : result.history()) {
      Operation operation = variable.operation();
      if (operation == null) {
        become.put(variable, given.apply(variable));
        continue;
      }
      if (operation.kind() == Operation.Kind.UNSAID) {
        throw new IllegalArgumentException(
            who
                + ": the operation '"
                + operation.name()
                + "' does not say what kind of function it is: expected one made by"
                + " Operation.smooth, linear, sum, product, rectifier, maximum or composed, not by"
                + " Operation.named");
      }
      List<T> inputs = new ArrayList<>();
      for (Variable input : operation.inputs()) {
        T known = become.get(input);
        if (known == null) { // a constant: not among the history
          known = given.apply(input);
          become.put(input, known);
        }
        inputs.add(known);
      }
      become.put(variable, rule.apply(variable, operation, inputs));
    }
    return become;
  }
}
