package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.recurrent.GruCell;
import io.github.snip4j.core.internal.recurrent.LstmCell;
import io.github.snip4j.core.internal.recurrent.ResetAfterGruCell;
import io.github.snip4j.core.internal.recurrent.UnrolledRnn;
import io.github.snip4j.core.internal.sparse.Positions;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import java.util.List;

/**
 * {@link Recurrent} cells with a matrix of which few values are kept: the same operations, w given
 * by its pattern and the kept values, in the pattern's order. Time and memory for the products are
 * proportional to what is kept.
 */
public final class SparseRecurrent {
  private SparseRecurrent() {}

  /**
   * LSTM, as {@link Recurrent#lstm}.
   *
   * @param x {@code [T, F, N]}
   * @param values {@code [kept]}
   * @param pattern of w, {@code [4 H, F + H]}, gates in the order i, f, g, o
   * @param b {@code [4 H]}, in the same order
   * @param forgetBias added to the forget gate: 0 in PyTorch, 1 in TensorFlow
   * @return the outputs of all steps, {@code [T, H, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable lstm(
      Variable x, Variable values, SparsePattern pattern, Variable b, float forgetBias) {
    UnrolledRnn lstm = LstmCell.of(x.value(), pattern, values.value(), b.value(), forgetBias);
    Operation operation =
        Operation.composed(
                "lstm",
                in -> lstm(in.get(0), in.get(1), pattern, in.get(2), forgetBias),
                in -> StepByStep.lstm(in.get(0), dense(in.get(1), pattern), in.get(2), forgetBias),
                List.of(x, values, b))
            .withUnitsAlong(1);
    return Recurrent.sequence(operation, lstm.outputs(), lstm::gradients, x, values, b);
  }

  /**
   * GRU with the reset gate before the product, as {@link Recurrent#gru}.
   *
   * @param x {@code [T, F, N]}
   * @param values {@code [kept]}
   * @param pattern of w, {@code [3 H, F + H]}, gates in the order r, z, n
   * @param b {@code [3 H]}, in the same order
   * @return the outputs of all steps, {@code [T, H, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable gru(Variable x, Variable values, SparsePattern pattern, Variable b) {
    UnrolledRnn gru = GruCell.of(x.value(), pattern, values.value(), b.value());
    Operation operation =
        Operation.composed(
                "gru",
                in -> gru(in.get(0), in.get(1), pattern, in.get(2)),
                in -> StepByStep.gru(in.get(0), dense(in.get(1), pattern), in.get(2)),
                List.of(x, values, b))
            .withUnitsAlong(1);
    return Recurrent.sequence(operation, gru.outputs(), gru::gradients, x, values, b);
  }

  /**
   * GRU with the reset gate after the product, as {@link Recurrent#gruResetAfter}.
   *
   * @param x {@code [T, F, N]}
   * @param values {@code [kept]}
   * @param pattern of w, {@code [3 H, F + H]}, gates in the order r, z, n
   * @param b {@code [4 H]}: of r, of z, of n's product with x and of its product with h
   * @return the outputs of all steps, {@code [T, H, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable gruResetAfter(
      Variable x, Variable values, SparsePattern pattern, Variable b) {
    UnrolledRnn gru = ResetAfterGruCell.of(x.value(), pattern, values.value(), b.value());
    Operation operation =
        Operation.composed(
                "gru, reset after",
                in -> gruResetAfter(in.get(0), in.get(1), pattern, in.get(2)),
                in -> StepByStep.gruResetAfter(in.get(0), dense(in.get(1), pattern), in.get(2)),
                List.of(x, values, b))
            .withUnitsAlong(1);
    return Recurrent.sequence(operation, gru.outputs(), gru::gradients, x, values, b);
  }

  private static Variable dense(Variable values, SparsePattern pattern) {
    int[] positions = new int[pattern.kept()];
    for (int i = 0; i < pattern.rows(); i++) {
      for (int k = pattern.rowStart(i); k < pattern.rowStart(i + 1); k++) {
        positions[k] = i * pattern.columns() + pattern.column(k);
      }
    }
    Shape shape = Shape.of(pattern.rows(), pattern.columns());
    return Sparse.spread(values, new Positions(shape, positions));
  }
}
