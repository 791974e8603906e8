package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.internal.recurrent.GruCell;
import io.github.snip4j.core.internal.recurrent.LstmCell;
import io.github.snip4j.core.internal.recurrent.ResetAfterGruCell;
import io.github.snip4j.core.internal.recurrent.SequenceGradients;
import io.github.snip4j.core.internal.recurrent.UnrolledRnn;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Recurrent cells over a whole sequence, from a state of zeros; one operation each, with
 * back-propagation through time inside.
 *
 * <p>One convention for weights: a matrix w {@code [gates H, F + H]}, whose columns are first those
 * of x<sub>t</sub>, then those of h<sub>t-1</sub>, and one bias per row. From PyTorch's parameters:
 * {@code w = hstack(weight_ih, weight_hh)}, and {@code b = bias_ih + bias_hh}, but for the n of
 * {@link #gruResetAfter}. TensorFlow's kernel is w transposed, its gates in another order (LSTM: i,
 * g, f, o).
 */
public final class Recurrent {
  private Recurrent() {}

  /**
   * LSTM; formula in {@link LstmCell}, in plain loops {@link
   * io.github.snip4j.core.internal.naive.NaiveLstm}.
   *
   * @param x {@code [T, F, N]}
   * @param w {@code [4 H, F + H]}, gates in the order i, f, g, o
   * @param b {@code [4 H]}, in the same order
   * @param forgetBias added to the forget gate: 0 in PyTorch, 1 in TensorFlow
   * @return the outputs of all steps, {@code [T, H, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable lstm(Variable x, Weight w, Variable b, float forgetBias) {
    UnrolledRnn lstm =
        LstmCell.of(x.value(), w.structure(), w.values().value(), b.value(), forgetBias);
    Operation operation =
        Operation.composed(
                "lstm",
                in -> lstm(in.get(0), w.with(in.get(1)), in.get(2), forgetBias),
                in -> StepByStep.lstm(in.get(0), w.with(in.get(1)).whole(), in.get(2), forgetBias),
                List.of(x, w.values(), b))
            .withUnitsAlong(1);
    return sequence(operation, lstm.outputs(), lstm::gradients, x, w.values(), b);
  }

  /** {@link #lstm(Variable, Weight, Variable, float)} with a weight all of whose elements exist. */
  public static Variable lstm(Variable x, Variable w, Variable b, float forgetBias) {
    return lstm(x, Weight.of(w), b, forgetBias);
  }

  /**
   * GRU with the reset gate before the product, as in TensorFlow; formula in {@link GruCell}.
   *
   * @param x {@code [T, F, N]}
   * @param w {@code [3 H, F + H]}, gates in the order r, z, n
   * @param b {@code [3 H]}, in the same order
   * @return the outputs of all steps, {@code [T, H, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable gru(Variable x, Weight w, Variable b) {
    UnrolledRnn gru = GruCell.of(x.value(), w.structure(), w.values().value(), b.value());
    Operation operation =
        Operation.composed(
                "gru",
                in -> gru(in.get(0), w.with(in.get(1)), in.get(2)),
                in -> StepByStep.gru(in.get(0), w.with(in.get(1)).whole(), in.get(2)),
                List.of(x, w.values(), b))
            .withUnitsAlong(1);
    return sequence(operation, gru.outputs(), gru::gradients, x, w.values(), b);
  }

  /** {@link #gru(Variable, Weight, Variable)} with a weight all of whose elements exist. */
  public static Variable gru(Variable x, Variable w, Variable b) {
    return gru(x, Weight.of(w), b);
  }

  /**
   * GRU with the reset gate after the product, as in PyTorch; formula in {@link ResetAfterGruCell}.
   *
   * <p>From PyTorch's biases: {@code b = concat((bias_ih + bias_hh)[:2 H], bias_ih[2 H:], bias_hh[2
   * H:])}.
   *
   * @param x {@code [T, F, N]}
   * @param w {@code [3 H, F + H]}, gates in the order r, z, n
   * @param b {@code [4 H]}: of r, of z, of n's product with x and of its product with h
   * @return the outputs of all steps, {@code [T, H, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable gruResetAfter(Variable x, Weight w, Variable b) {
    UnrolledRnn gru = ResetAfterGruCell.of(x.value(), w.structure(), w.values().value(), b.value());
    Operation operation =
        Operation.composed(
                "gru, reset after",
                in -> gruResetAfter(in.get(0), w.with(in.get(1)), in.get(2)),
                in -> StepByStep.gruResetAfter(in.get(0), w.with(in.get(1)).whole(), in.get(2)),
                List.of(x, w.values(), b))
            .withUnitsAlong(1);
    return sequence(operation, gru.outputs(), gru::gradients, x, w.values(), b);
  }

  /**
   * {@link #gruResetAfter(Variable, Weight, Variable)} with a weight all of whose elements exist.
   */
  public static Variable gruResetAfter(Variable x, Variable w, Variable b) {
    return gruResetAfter(x, Weight.of(w), b);
  }

  /** What all cells end with. */
  private static Variable sequence(
      Operation operation,
      Tensor y,
      BiFunction<Tensor, Boolean, SequenceGradients> rule,
      Variable x,
      Variable w,
      Variable b) {
    boolean byInput = x.requiresGradient();
    JointGradient<SequenceGradients> gradients =
        new JointGradient<>(dy -> rule.apply(dy, byInput), x, w, b);
    return Variable.of(
        operation,
        y,
        x.pull(dy -> gradients.of(dy).byInput()),
        w.pull(dy -> gradients.of(dy).dw()),
        b.pull(dy -> gradients.of(dy).db()));
  }
}
