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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link Recurrent} cells that begin with a given state instead of zeros, and tell the last one:
 * for a decoder that goes on where an encoder ended, or a sequence that comes in pieces. Weights
 * and biases as there.
 */
public final class StatefulRecurrent {
  private StatefulRecurrent() {}

  /**
   * LSTM; formula in {@link LstmCell}.
   *
   * @param x {@code [T, F, N]}
   * @param w {@code [4 H, F + H]}, gates in the order i, f, g, o
   * @param b {@code [4 H]}, in the same order
   * @param forgetBias added to the forget gate: 0 in PyTorch, 1 in TensorFlow
   * @param h0 {@code [H, N]}
   * @param c0 {@code [H, N]}
   * @return {@code [T + 1, H, N]}: h<sub>1</sub> to h<sub>T</sub>, the outputs of all steps, and
   *     after them c<sub>T</sub>
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable lstm(
      Variable x, Weight w, Variable b, float forgetBias, Variable h0, Variable c0) {
    UnrolledRnn lstm =
        LstmCell.of(
            x.value(),
            w.structure(),
            w.values().value(),
            b.value(),
            forgetBias,
            h0.value(),
            c0.value());
    Operation operation =
        Operation.composed(
                "lstm from a state",
                in ->
                    lstm(in.get(0), w.with(in.get(1)), in.get(2), forgetBias, in.get(3), in.get(4)),
                in -> {
                  Variable whole = w.with(in.get(1)).whole();
                  return StepByStep.lstm(
                      in.get(0), whole, in.get(2), forgetBias, in.get(3), in.get(4));
                },
                List.of(x, w.values(), b, h0, c0))
            .withUnitsAlong(1);
    return sequence(operation, lstm, x, w.values(), b, h0, c0);
  }

  /**
   * GRU with the reset gate before the product, as in TensorFlow; formula in {@link GruCell}.
   *
   * @param x {@code [T, F, N]}
   * @param w {@code [3 H, F + H]}, gates in the order r, z, n
   * @param b {@code [3 H]}, in the same order
   * @param h0 {@code [H, N]}
   * @return the outputs of all steps, {@code [T, H, N]}; the last is the last state
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable gru(Variable x, Weight w, Variable b, Variable h0) {
    UnrolledRnn gru =
        GruCell.of(x.value(), w.structure(), w.values().value(), b.value(), h0.value());
    Operation operation =
        Operation.composed(
                "gru from a state",
                in -> gru(in.get(0), w.with(in.get(1)), in.get(2), in.get(3)),
                in -> StepByStep.gru(in.get(0), w.with(in.get(1)).whole(), in.get(2), in.get(3)),
                List.of(x, w.values(), b, h0))
            .withUnitsAlong(1);
    return sequence(operation, gru, x, w.values(), b, h0, null);
  }

  /**
   * GRU with the reset gate after the product, as in PyTorch; formula in {@link ResetAfterGruCell}.
   *
   * @param x {@code [T, F, N]}
   * @param w {@code [3 H, F + H]}, gates in the order r, z, n
   * @param b {@code [4 H]}: of r, of z, of n's product with x and of its product with h
   * @param h0 {@code [H, N]}
   * @return the outputs of all steps, {@code [T, H, N]}; the last is the last state
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable gruResetAfter(Variable x, Weight w, Variable b, Variable h0) {
    UnrolledRnn gru =
        ResetAfterGruCell.of(x.value(), w.structure(), w.values().value(), b.value(), h0.value());
    Operation operation =
        Operation.composed(
                "gru, reset after, from a state",
                in -> gruResetAfter(in.get(0), w.with(in.get(1)), in.get(2), in.get(3)),
                in ->
                    StepByStep.gruResetAfter(
                        in.get(0), w.with(in.get(1)).whole(), in.get(2), in.get(3)),
                List.of(x, w.values(), b, h0))
            .withUnitsAlong(1);
    return sequence(operation, gru, x, w.values(), b, h0, null);
  }

  /** What all cells end with. */
  private static Variable sequence(
      Operation operation,
      UnrolledRnn cell,
      Variable x,
      Variable w,
      Variable b,
      Variable h0,
      @Nullable Variable c0) {
    boolean byInput = x.requiresGradient();
    Variable[] inputs =
        c0 == null ? new Variable[] {x, w, b, h0} : new Variable[] {x, w, b, h0, c0};
    JointGradient<SequenceGradients> joint =
        new JointGradient<>(dy -> cell.gradients(dy, byInput), inputs);
    Variable.Edge dx = x.pull(dy -> joint.of(dy).byInput());
    Variable.Edge dw = w.pull(dy -> joint.of(dy).dw());
    Variable.Edge db = b.pull(dy -> joint.of(dy).db());
    Variable.Edge dh = h0.pull(dy -> known(joint.of(dy).dh0()));
    return c0 == null
        ? Variable.of(operation, cell.outputs(), dx, dw, db, dh)
        : Variable.of(
            operation, cell.outputs(), dx, dw, db, dh, c0.pull(dy -> known(joint.of(dy).dc0())));
  }

  private static Tensor known(@Nullable Tensor gradient) {
    return Objects.requireNonNull(gradient, "a cell that begins with a state has its gradient");
  }
}
