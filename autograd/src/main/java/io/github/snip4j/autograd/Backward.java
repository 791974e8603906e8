package io.github.snip4j.autograd;

import io.github.snip4j.core.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The backward pass: variables in reverse topological order, each handing its gradient to its
 * inputs. Iterative, so that the depth of a network is not the stack's problem.
 */
final class Backward {
  private final Map<Variable, Tensor> gradients = new HashMap<>();

  /** The variables whose gradient is a sum that we allocated, and may add to in place. */
  private final Set<Variable> owned = new HashSet<>();

  private Backward() {}

  static Gradients run(Variable output, Tensor upstream) {
    if (!output.shape().equals(upstream.shape())) {
      throw new IllegalArgumentException(
          "backward: the value is " + output.shape() + ", the upstream " + upstream.shape());
    }
    if (!output.requiresGradient()) {
      throw new IllegalArgumentException("backward: the value depends on no leaf");
    }
    return new Backward().propagate(output, upstream);
  }

  private Gradients propagate(Variable output, Tensor upstream) {
    gradients.put(output, upstream);
    Map<Variable, Tensor> byLeaf = new HashMap<>();
    List<Variable> order = inputsFirst(output);
    for (int i = order.size() - 1; i >= 0; i--) {
      Variable variable = order.get(i);
      Tensor gradient = gradients.remove(variable);
      if (variable.isLeaf()) {
        byLeaf.put(variable, gradient);
      }
      for (Variable.Edge edge : variable.edges()) {
        contribute(edge.input(), edge.pull().apply(gradient));
      }
    }
    return new Gradients(byLeaf);
  }

  /** The first contribution is adopted as it is, and may be somebody's; it is never written to. */
  private void contribute(Variable input, Tensor contribution) {
    if (!contribution.shape().equals(input.shape())) {
      throw new IllegalStateException(
          "backward: a gradient of shape " + contribution.shape() + " for " + input.shape());
    }
    Tensor present = gradients.putIfAbsent(input, contribution);
    if (present == null) {
      return;
    }
    if (owned.add(input)) {
      Tensor sum = Tensor.uninitialized(present.shape());
      sum.copyFrom(present);
      present = sum;
      gradients.put(input, present);
    }
    Pointwise.addTo(present, contribution);
  }

  /** Depth first, without recursion: a variable comes after all that it was computed from. */
  private static List<Variable> inputsFirst(Variable output) {
    record Visit(Variable variable, Iterator<Variable.Edge> edges) {
      Visit(Variable variable) {
        this(variable, variable.edges().iterator());
      }
    }
    List<Variable> order = new ArrayList<>();
    Set<Variable> seen = new HashSet<>();
    Deque<Visit> path = new ArrayDeque<>();
    seen.add(output);
    path.push(new Visit(output));
    while (!path.isEmpty()) {
      Visit visit = path.element();
      if (!visit.edges.hasNext()) {
        order.add(visit.variable);
        path.pop();
        continue;
      }
      Variable input = visit.edges.next().input();
      if (seen.add(input)) {
        path.push(new Visit(input));
      }
    }
    return order;
  }
}
