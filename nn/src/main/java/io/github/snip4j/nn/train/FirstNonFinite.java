package io.github.snip4j.nn.train;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where numbers stopped being numbers: the first value on the way from the input to the loss that
 * is infinite or NaN though all it was computed from is not.
 */
public final class FirstNonFinite {
  static final String ADVICE = "a smaller learning rate may help";

  private final Map<Variable, Parameter> parameters = new HashMap<>();

  private FirstNonFinite() {}

  /**
   * Computes the loss of a batch once more, and looks.
   *
   * @return what went first, and what to do: {@code the output of fc2 was the first to be NaN; a
   *     smaller learning rate may help}; empty if all is well
   */
  public static String of(Network network, Batch batch, Seed seed) {
    String data = inData("the batch itself holds ", batch.x());
    if (data.isEmpty() && !batch.targets().areLabels()) {
      data = inData("the targets hold ", batch.targets().values());
    }
    if (!data.isEmpty()) {
      return data;
    }
    // as in training, but one operation at a time
    Pass pass = Pass.leaves(Pass.Mode.TRAIN, seed, Parameter::value);
    Variable loss = network.loss(batch, pass);
    FirstNonFinite origin = new FirstNonFinite();
    for (Parameter parameter : network.parameters()) {
      origin.parameters.put(pass.values(parameter), parameter);
      origin.parameters.put(pass.variable(parameter), parameter);
    }
    for (Variable variable : loss.history()) {
      String value = broken(variable.value());
      if (!value.isEmpty()) {
        return origin.clause(variable, " was the first to be " + value) + "; " + ADVICE;
      }
    }
    return "";
  }

  /** What data hold that is no number; empty if all are. */
  private static String inData(String begin, Tensor data) {
    int broken = firstBroken(data);
    int examples = data.shape().dim(-1);
    return broken < 0
        ? ""
        : (begin + noun(data.at(broken)) + " in example " + broken % examples + " of " + examples)
            + ", counted from 0: no learning rate helps, mend the data";
  }

  private String clause(Variable variable, String wentFirst) {
    Parameter own = parameters.get(variable);
    if (own != null) {
      return own.name() + wentFirst + ", in the update before or from the start";
    }
    for (Variable input : variable.inputs()) {
      Parameter parameter = parameters.get(input);
      if (parameter != null) {
        return "the output of " + parameter.layer() + wentFirst;
      }
    }
    return "what follows " + lastLayerBefore(variable) + wentFirst;
  }

  /** Breadth first: the layer that is the fewest operations away. */
  private String lastLayerBefore(Variable variable) {
    Deque<Variable> queue = new ArrayDeque<>(variable.inputs());
    Set<Variable> seen = new HashSet<>(queue);
    while (!queue.isEmpty()) {
      Variable next = queue.remove();
      Parameter parameter = parameters.get(next);
      if (parameter != null) {
        return parameter.layer();
      }
      next.inputs().stream().filter(seen::add).forEach(queue::add);
    }
    return "the network";
  }

  /** What the first value that is not finite is, in a word; empty if all are. */
  static String broken(Tensor values) {
    int first = firstBroken(values);
    return first < 0 ? "" : word(values.at(first));
  }

  private static String noun(float value) {
    return Float.isNaN(value) ? "NaN" : "infinity";
  }

  private static String word(float value) {
    return Float.isNaN(value) ? "NaN" : "infinite";
  }

  /** The index of the first value that is not finite; -1 if all are. */
  private static int firstBroken(Tensor values) {
    for (int i = 0; i < values.size(); i++) {
      if (!Float.isFinite(values.at(i))) {
        return i;
      }
    }
    return -1;
  }
}
