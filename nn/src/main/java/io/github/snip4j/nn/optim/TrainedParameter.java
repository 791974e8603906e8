package io.github.snip4j.nn.optim;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Parameter;

/** A parameter that an {@link Optimizer} moves, and the state of its values. */
final class TrainedParameter {
  private static final int GRAIN = 1 << 15; // elements a thread takes at a time

  private final Parameter parameter;
  private final Group group;
  private final UpdateRule rule;
  private final UpdateRule own; // which does not decay what must not
  private Structure structure; // whose elements the state belongs to
  private int first; // element of each array: loops over several are fast if it is one
  private float[][] state;

  TrainedParameter(Parameter parameter, Group group, UpdateRule rule) {
    boolean decays = parameter.role().isConnection() && group.decays();
    this.parameter = parameter;
    this.group = group;
    this.rule = rule;
    this.own = decays ? rule : rule.withoutDecay();
    this.structure = parameter.structure();
    this.first = parameter.value().offset();
    this.state = new float[rule.stateArrays()][first + parameter.value().size()];
  }

  /** Takes the state along to the values that exist now, if they are not those of before. */
  void follow() {
    if (structure != parameter.structure()) {
      TrainedParameter now = new TrainedParameter(parameter, group, rule);
      now.carryOver(this);
      structure = now.structure;
      first = now.first;
      state = now.state;
    }
  }

  Parameter parameter() {
    return parameter;
  }

  /** How many arrays the state is. */
  int stateArrays() {
    return state.length;
  }

  /** One array of the state, as it is. */
  Tensor state(int k) {
    float[] array = state[k];
    return Tensor.of(Shape.of(array.length), array).slice(first, array.length);
  }

  /** Takes over the state of those elements that exist in both. */
  void carryOver(TrainedParameter before) {
    if (!parameter.toString().equals(before.parameter.toString())) {
      throw new IllegalArgumentException(
          ("optimizer: the network has the parameter " + parameter + " where this optimiser")
              + (" moves " + before.parameter));
    }
    for (int k = 0; k < state.length; k++) {
      asValues(k).copyFrom(structure.carriedOver(before.structure, before.asValues(k)));
    }
  }

  /** The state in the shape of the values. */
  private Tensor asValues(int k) {
    return state(k).reshape(structure.valuesShape());
  }

  /** Moves the values one step. */
  void update(Tensor gradient, double learningRate, long step) {
    double rate = group.rateFactor() * learningRate; // by 1: the same bits
    float[] w = parameter.value().data();
    float[] g = from(first, gradient);
    Parallel.forRange(
        parameter.value().size(),
        GRAIN,
        (from, to) -> own.update(w, g, state, first + from, first + to, rate, step));
  }

  private static float[] from(int first, Tensor gradient) {
    if (gradient.offset() == first) {
      return gradient.data();
    }
    float[] moved = Workspace.floats(first + gradient.size());
    System.arraycopy(gradient.data(), gradient.offset(), moved, first, gradient.size());
    return moved;
  }
}
