package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Replay;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A loss and the leaves that it is differentiated by, which can be moved while every kink in
 * between stays where it is. With all rectifiers and maxima held a network is smooth, and its
 * second derivatives are those that it has everywhere but on the kinks.
 *
 * @param leaves by parameter name
 * @param share what the gradient is multiplied by, for the sum over several losses
 */
record LossGraph(Variable loss, Map<String, Variable> leaves, float share) {
  /** The gradient with respect to each leaf. */
  Map<String, Tensor> gradient() {
    Gradients gradients = loss.backward(Tensor.full(loss.shape(), share));
    Map<String, Tensor> g = new LinkedHashMap<>();
    leaves.forEach((name, leaf) -> g.put(name, gradients.of(leaf)));
    return g;
  }

  /**
   * Computes the loss for other values of the leaves, with the kinks as they are here.
   *
   * @throws IllegalArgumentException if an operation does not say what kind of function it is
   */
  LossGraph at(Map<String, Tensor> values) {
    Map<String, Variable> moved = new LinkedHashMap<>();
    Map<Variable, Variable> become = new HashMap<>();
    leaves.forEach(
        (name, leaf) -> {
          Variable other = Variable.leaf(Objects.requireNonNull(values.get(name)));
          moved.put(name, other);
          become.put(leaf, other);
        });
    Map<Variable, Variable> replayed =
        Replay.of("GraSP", loss, v -> become.getOrDefault(v, v), (y, f, in) -> held(f, in));
    return new LossGraph(Objects.requireNonNull(replayed.get(loss)), moved, share);
  }

  private static Variable held(Operation operation, List<Variable> inputs) {
    return switch (operation.kind()) {
      case RECTIFIER, MAXIMUM -> operation.held(inputs.get(0));
      case MULTILINEAR, SMOOTH -> operation.again(inputs);
      case COMPOSED ->
          operation.hasKinks() ? heldParts(operation, inputs) : operation.again(inputs);
      case UNSAID -> throw new IllegalStateException(operation.name());
    };
  }

  /** The parts of an operation, with their kinks where they are at the inputs that it had. */
  private static Variable heldParts(Operation operation, List<Variable> inputs) {
    List<Variable> had = operation.inputs().stream().map(v -> Variable.leaf(v.value())).toList();
    Map<Variable, Variable> become = new HashMap<>();
    for (int k = 0; k < had.size(); k++) {
      become.put(had.get(k), inputs.get(k));
    }
    Variable parts = operation.parts(had);
    Map<Variable, Variable> replayed =
        Replay.of("GraSP", parts, v -> become.getOrDefault(v, v), (y, f, in) -> held(f, in));
    return Objects.requireNonNull(replayed.get(parts));
  }
}
