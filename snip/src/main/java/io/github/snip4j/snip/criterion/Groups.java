package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Connections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Into how many groups the units that weights multiply are divided: a question to the graph. */
final class Groups {
  private Groups() {}

  /**
   * A number for each parameter, by name: 1 where nothing is said, 0 where each row of it belongs
   * to one of these units.
   *
   * @throws IllegalArgumentException if one weight is used with different numbers of groups
   */
  static Map<String, Integer> of(Connections connections) {
    Network network = connections.network();
    Pass pass = connections.pass(Pass.Mode.EVALUATE);
    Variable x = Variable.leaf(Tensor.full(network.input().append(1), 1f));
    Variable logits = network.forward(x, pass);
    Map<Variable, Set<String>> carried = new HashMap<>();
    connections.parameters().forEach(p -> carried.put(pass.mask(p), Set.of(p.name())));
    Map<String, Integer> groups = new LinkedHashMap<>();
    for (Variable v : logits.history()) {
      Operation operation = v.operation();
      if (operation != null) {
        Set<String> names = new HashSet<>();
        operation.inputs().forEach(in -> names.addAll(carried.getOrDefault(in, Set.of())));
        boolean weightsAlone =
            operation.inputs().stream().allMatch(in -> carried.containsKey(in) || isConstant(in));
        if (weightsAlone) {
          carried.put(v, names); // still a weight, like c w
        } else {
          names.forEach(name -> note(groups, name, operation));
        }
      }
    }
    connections.parameters().forEach(p -> groups.putIfAbsent(p.name(), 1));
    return groups;
  }

  private static boolean isConstant(Variable v) {
    return !v.requiresGradient();
  }

  private static void note(Map<String, Integer> groups, String name, Operation operation) {
    Integer before = groups.putIfAbsent(name, operation.groups());
    if (before != null && before != operation.groups()) {
      throw new IllegalArgumentException(
          ("skeletonization: " + name + " is used in " + before + " groups and, by '")
              + (operation.name() + "', in " + operation.groups())
              + ": expected one number");
    }
  }
}
