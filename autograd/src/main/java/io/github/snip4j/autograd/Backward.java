package io.github.snip4j.autograd;

import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The backward pass: variables in reverse topological order, each handing its gradient to its
 * inputs. Iterative, so that the depth of a network is not the stack's problem.
 */
final class Backward {
  private final IdentityHashMap<Variable, Tensor> gradients = new IdentityHashMap<>();

  /** The variables whose gradient is a sum that we allocated, and may add to in place. */
  private final Set<Variable> owned = new HashSet<>();

  private Backward() {}

  static Gradients run(Variable output, Tensor upstream) {
    if (!output.shape().equals(upstream.shape())) {
      throw new IllegalArgumentException(
          "backward: the value is " + output.shape() + ", the upstream " + upstream.shape());
    }
    if (!output.requiresGradient()) {
      throw new IllegalArgumentException(
          "backward: the value depends on no leaf: what it was computed from are constants, as"
              + " parameters are in an evaluation pass; a training pass makes them leaves");
    }
    return new Backward().propagate(output, upstream);
  }

  private Gradients propagate(Variable output, Tensor upstream) {
    gradients.put(output, upstream);
    List<Variable> order = inputsFirst(output);
    for (int i = order.size() - 1; i >= 0; i--) {
      Variable variable = order.get(i);
      if (variable.isLeaf()) {
        continue; // what is left in the end are the leaves' gradients
      }
      Tensor gradient = gradients.remove(variable);
      for (Variable.Edge edge : variable.edges()) {
        contribute(edge.input(), edge.pull().apply(gradient));
      }
    }
    return new Gradients(gradients);
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

  /**
   * Depth first, without recursion: a variable comes after all that it was computed from. One on
   * the path is met twice: first its inputs go before it, then it is done.
   */
  static List<Variable> inputsFirst(Variable output) {
    List<Variable> order = new ArrayList<>();
    IdentityHashMap<Variable, Boolean> done = new IdentityHashMap<>();
    Deque<Variable> path = new ArrayDeque<>();
    path.push(output);
    while (!path.isEmpty()) {
      Variable variable = path.element();
      if (done.putIfAbsent(variable, false) == null) {
        Variable.Edge[] edges = variable.edges();
        for (int i = edges.length - 1; i >= 0; i--) { // the first input is to be met first
          if (!done.containsKey(edges[i].input())) {
            path.push(edges[i].input());
          }
        }
      } else {
        path.pop();
        if (!done.put(variable, true)) {
          order.add(variable);
        }
      }
    }
    return order;
  }
}
