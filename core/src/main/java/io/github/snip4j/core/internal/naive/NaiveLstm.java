package io.github.snip4j.core.internal.naive;

import static io.github.snip4j.core.internal.naive.NaiveSums.add;
import static io.github.snip4j.core.internal.naive.NaiveSums.addRow;
import static io.github.snip4j.core.internal.naive.NaiveSums.dot;
import static io.github.snip4j.core.internal.naive.NaiveSums.sigmoid;

import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;

/**
 * Long short-term memory: [i; f; g; o] = w [x; h] + b, c' = sigmoid(f) c + sigmoid(i) tanh(g), h' =
 * sigmoid(o) tanh(c'). Its state is [h; c].
 *
 * @param w {@code [4 H, F + H]}
 * @param b {@code [4 H]}
 * @param forgetBias added to f
 */
public record NaiveLstm(Tensor w, Tensor b, double forgetBias) implements NaiveCell {
  private int units() {
    return b.size() / 4;
  }

  /** The gates of one unit, in the order i, f, g, o. */
  private double[] gates(double[] x, double[] state, int u) {
    double[] h = Arrays.copyOf(state, units());
    double[] sums = new double[4];
    for (int gate = 0; gate < 4; gate++) {
      int row = gate * units() + u;
      sums[gate] = b.at(row) + dot(w, row, 0, x) + dot(w, row, x.length, h);
    }
    return new double[] {
      sigmoid(sums[0]), sigmoid(sums[1] + forgetBias), Math.tanh(sums[2]), sigmoid(sums[3])
    };
  }

  @Override
  public double[] forward(double[] x, double[] state) {
    double[] next = new double[2 * units()];
    for (int u = 0; u < units(); u++) {
      double[] g = gates(x, state, u);
      double c = g[1] * state[units() + u] + g[0] * g[2];
      next[u] = g[3] * Math.tanh(c);
      next[units() + u] = c;
    }
    return next;
  }

  @Override
  public double[] backward(
      double[] x, double[] state, double[] dNext, double[] dx, double[][] dw, double[] db) {
    double[] h = Arrays.copyOf(state, units());
    double[] dh = new double[units()];
    double[] dState = new double[2 * units()];
    for (int u = 0; u < units(); u++) {
      double[] g = gates(x, state, u);
      double c = state[units() + u];
      double squashed = Math.tanh(g[1] * c + g[0] * g[2]);
      double dc = dNext[units() + u] + dNext[u] * g[3] * (1 - squashed * squashed);
      double[] dSums = {
        dc * g[2] * g[0] * (1 - g[0]),
        dc * c * g[1] * (1 - g[1]),
        dc * g[0] * (1 - g[2] * g[2]),
        dNext[u] * squashed * g[3] * (1 - g[3])
      };
      for (int gate = 0; gate < 4; gate++) {
        int row = gate * units() + u;
        db[row] += dSums[gate];
        add(dSums[gate], x, dw[row], 0);
        add(dSums[gate], h, dw[row], x.length);
        addRow(dSums[gate], w, row, 0, dx);
        addRow(dSums[gate], w, row, x.length, dh);
      }
      dState[units() + u] = dc * g[1];
    }
    System.arraycopy(dh, 0, dState, 0, units());
    return dState;
  }
}
