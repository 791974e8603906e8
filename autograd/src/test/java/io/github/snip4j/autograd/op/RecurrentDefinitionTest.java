package io.github.snip4j.autograd.op;

import static io.github.snip4j.core.testing.Golden.assertClose;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.naive.NaiveCell;
import io.github.snip4j.core.internal.naive.NaiveGru;
import io.github.snip4j.core.internal.naive.NaiveLstm;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import org.junit.jupiter.api.Test;

/** The fused cells against their definitions: one example, one step, one loop at a time. */
class RecurrentDefinitionTest {
  private static final int T = 6;
  private static final int F = 3;
  private static final int H = 5;
  private static final int N = 37; // more than one slice of examples

  private final Tensor x = RandomTensors.normal(1, T, F, N);
  private final Tensor dy = RandomTensors.normal(2, T, H, N);

  @Test
  void lstm() {
    Tensor w = RandomTensors.normal(3, 4 * H, F + H);
    Tensor b = RandomTensors.normal(4, 4 * H);
    Variable[] leaves = {Variable.leaf(x), Variable.leaf(w), Variable.leaf(b)};
    check(Recurrent.lstm(leaves[0], leaves[1], leaves[2], 1f), leaves, new NaiveLstm(w, b, 1), 2);
  }

  @Test
  void gru() {
    Tensor w = RandomTensors.normal(3, 3 * H, F + H);
    Tensor b = RandomTensors.normal(4, 3 * H);
    Variable[] leaves = {Variable.leaf(x), Variable.leaf(w), Variable.leaf(b)};
    check(Recurrent.gru(leaves[0], leaves[1], leaves[2]), leaves, new NaiveGru(w, b, false), 1);
  }

  @Test
  void gruThatResetsAfterTheProduct() {
    Tensor w = RandomTensors.normal(3, 3 * H, F + H);
    Tensor b = RandomTensors.normal(4, 4 * H);
    Variable[] leaves = {Variable.leaf(x), Variable.leaf(w), Variable.leaf(b)};
    Variable y = Recurrent.gruResetAfter(leaves[0], leaves[1], leaves[2]);
    check(y, leaves, new NaiveGru(w, b, true), 1);
  }

  /** Runs the cell over every example, forward and back, and compares all it gives. */
  private void check(Variable actual, Variable[] leaves, NaiveCell cell, int states) {
    Tensor y = Tensor.zeros(actual.shape());
    Tensor dx = Tensor.zeros(x.shape());
    Tensor w = leaves[1].value();
    double[][] dw = new double[w.shape().dim(0)][F + H];
    double[] db = new double[leaves[2].value().size()];
    for (int n = 0; n < N; n++) {
      double[][] state = new double[T + 1][states * H];
      for (int t = 0; t < T; t++) {
        state[t + 1] = cell.forward(column(x, t, F, n), state[t]);
        put(y, t, H, n, state[t + 1]);
      }
      double[] dNext = new double[states * H];
      for (int t = T - 1; t >= 0; t--) {
        double[] dxt = new double[F];
        for (int u = 0; u < H; u++) {
          dNext[u] += dy.at((t * H + u) * N + n);
        }
        dNext = cell.backward(column(x, t, F, n), state[t], dNext, dxt, dw, db);
        put(dx, t, F, n, dxt);
      }
    }
    Gradients gradients = actual.backward(dy);
    assertClose(actual.value(), y, 1e-5);
    assertClose(gradients.of(leaves[0]), dx, 1e-5);
    Tensor flat = Tensor.zeros(w.shape());
    for (int i = 0; i < flat.size(); i++) {
      flat.put(i, (float) dw[i / (F + H)][i % (F + H)]);
    }
    assertClose(gradients.of(leaves[1]), flat, 1e-5);
    Tensor biases = Tensor.zeros(leaves[2].shape());
    for (int i = 0; i < db.length; i++) {
      biases.put(i, (float) db[i]);
    }
    assertClose(gradients.of(leaves[2]), biases, 1e-5);
  }

  private static double[] column(Tensor x, int t, int rows, int n) {
    double[] column = new double[rows];
    for (int i = 0; i < rows; i++) {
      column[i] = x.at((t * rows + i) * N + n);
    }
    return column;
  }

  private static void put(Tensor to, int t, int rows, int n, double[] values) {
    for (int i = 0; i < rows; i++) {
      to.put((t * rows + i) * N + n, (float) values[i]);
    }
  }
}
