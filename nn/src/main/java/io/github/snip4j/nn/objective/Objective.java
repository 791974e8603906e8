package io.github.snip4j.nn.objective;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/**
 * What is minimised: a function of a network's outputs and of the targets. One of your own is a
 * lambda of operations of {@code io.github.snip4j.autograd.op}; what else is asked of an objective
 * has a default, or is refused by name.
 *
 * <pre>{@code
 * Network regression = network.with(Objective.meanSquared());
 * Network own = network.with((y, t) -> Reductions.mean(PiecewiseLinear.abs(
 *     Arithmetic.subtract(y, Variable.constant(t.values())))));
 * }</pre>
 */
@FunctionalInterface
public interface Objective {
  /** Stands for the number of wrong answers where none are right or wrong. */
  int NOT_COUNTED = -1;

  /**
   * How many answers are wrong.
   *
   * @param wrong {@link #NOT_COUNTED} if answers are not right or wrong, but nearer or farther
   * @param all one for each example, or one for each of its positions
   */
  record Answers(int wrong, int all) {}

  /**
   * L: the losses of all examples, added up and divided by {@link #count}.
   *
   * @param outputs {@code [output axes ..., N]}
   * @return shape {@code []}
   * @throws IllegalArgumentException if the targets do not fit the outputs
   */
  Variable loss(Variable outputs, Targets targets);

  /** What the losses of all examples are divided by: the number of examples, if it says nothing. */
  default double count(Targets targets) {
    return targets.examples();
  }

  /** How many answers are wrong; by default they are not counted. */
  default Answers answers(Tensor outputs, Targets targets) {
    return new Answers(NOT_COUNTED, targets.examples());
  }

  /** Whether the outputs are logits, which a temperature may divide; by default not. */
  default boolean isOfLogits() {
    return false;
  }

  /**
   * Tensors r<sub>k</sub> with Σ<sub>k</sub> r<sub>k</sub> r<sub>k</sub><sup>T</sup> = H, the
   * second derivative of the loss of one example, times {@link #count}, by its outputs: what a
   * Gauss-Newton approximation asks for.
   *
   * @param outputs {@code [output axes ..., 1]}
   * @param targets of the one example
   * @return tensors of the outputs' shape
   * @throws UnsupportedOperationException if it does not say, as by default
   */
  default List<Tensor> curvature(Tensor outputs, Targets targets) {
    throw new UnsupportedOperationException(
        ("objective " + this + ": does not say its second derivative by the outputs:")
            + " override Objective.curvature, or take a criterion that does not need it");
  }

  /** Softmax cross-entropy, for one class out of several. */
  static Objective crossEntropy() {
    return CrossEntropy.PLAIN;
  }

  /** Cross-entropy of many labels, each of which holds or not. */
  static Objective binaryCrossEntropy() {
    return new BinaryCrossEntropy();
  }

  /** The mean squared distance. */
  static Objective meanSquared() {
    return new MeanSquared();
  }

  /**
   * Huber's loss, squared near the target and linear beyond.
   *
   * @param delta where it becomes linear, above 0
   */
  static Objective huber(double delta) {
    return new Huber(delta);
  }
}
