package io.github.snip4j.core.internal.naive;

import static io.github.snip4j.core.internal.naive.NaiveSums.add;
import static io.github.snip4j.core.internal.naive.NaiveSums.addRow;
import static io.github.snip4j.core.internal.naive.NaiveSums.dot;
import static io.github.snip4j.core.internal.naive.NaiveSums.sigmoid;

import io.github.snip4j.core.tensor.Tensor;

/**
 * Gated recurrent unit: r = sigmoid(w_r [x; h] + b_r), z likewise, h' = (1 - z) n + z h. The reset
 * gate comes before the product, n = tanh(w_n [x; r h] + b_n), or after it, n = tanh(w_nx x + b_nx
 * + r (w_nh h + b_nh)). Its state is h.
 *
 * @param w {@code [3 H, F + H]}, rows in the order r, z, n
 * @param b {@code [3 H]}, or {@code [4 H]} where the reset gate comes after: of r, z, nx, nh
 */
public record NaiveGru(Tensor w, Tensor b, boolean resetAfter) implements NaiveCell {
  private int units() {
    return w.shape().dim(0) / 3;
  }

  /** r or z of every unit. */
  private double[] gate(int gate, double[] x, double[] h) {
    double[] y = new double[units()];
    for (int u = 0; u < units(); u++) {
      int row = gate * units() + u;
      y[u] = sigmoid(b.at(row) + dot(w, row, 0, x) + dot(w, row, x.length, h));
    }
    return y;
  }

  /** What n sees of h: r h before the product; w_nh h + b_nh after it. */
  private double[] hidden(double[] x, double[] h, double[] r) {
    double[] y = new double[units()];
    for (int u = 0; u < units(); u++) {
      int row = 2 * units() + u;
      y[u] = resetAfter ? dot(w, row, x.length, h) + b.at(row + units()) : r[u] * h[u];
    }
    return y;
  }

  private double candidate(int u, double[] x, double[] r, double[] hidden) {
    int row = 2 * units() + u;
    double ofState = resetAfter ? r[u] * hidden[u] : dot(w, row, x.length, hidden);
    return Math.tanh(b.at(row) + dot(w, row, 0, x) + ofState);
  }

  @Override
  public double[] forward(double[] x, double[] h) {
    double[] r = gate(0, x, h);
    double[] z = gate(1, x, h);
    double[] hidden = hidden(x, h, r);
    double[] next = new double[units()];
    for (int u = 0; u < units(); u++) {
      next[u] = (1 - z[u]) * candidate(u, x, r, hidden) + z[u] * h[u];
    }
    return next;
  }

  @Override
  public double[] backward(
      double[] x, double[] h, double[] dNext, double[] dx, double[][] dw, double[] db) {
    double[] r = gate(0, x, h);
    double[] z = gate(1, x, h);
    double[] hidden = hidden(x, h, r);
    double[] dHidden = new double[units()];
    double[] dh = new double[units()];
    double[][] dSums = new double[2][units()]; // of r and z
    for (int u = 0; u < units(); u++) {
      int row = 2 * units() + u;
      double n = candidate(u, x, r, hidden);
      double dn = dNext[u] * (1 - z[u]) * (1 - n * n);
      dSums[1][u] = dNext[u] * (h[u] - n) * z[u] * (1 - z[u]);
      dh[u] += dNext[u] * z[u];
      db[row] += dn;
      add(dn, x, dw[row], 0);
      addRow(dn, w, row, 0, dx);
      if (resetAfter) {
        dSums[0][u] = dn * hidden[u] * r[u] * (1 - r[u]);
        db[row + units()] += dn * r[u];
        add(dn * r[u], h, dw[row], x.length);
        addRow(dn * r[u], w, row, x.length, dh);
      } else {
        add(dn, hidden, dw[row], x.length);
        addRow(dn, w, row, x.length, dHidden);
      }
    }
    for (int u = 0; u < units() && !resetAfter; u++) { // through r h
      dSums[0][u] = dHidden[u] * h[u] * r[u] * (1 - r[u]);
      dh[u] += dHidden[u] * r[u];
    }
    for (int gate = 0; gate < 2; gate++) {
      for (int u = 0; u < units(); u++) {
        int row = gate * units() + u;
        db[row] += dSums[gate][u];
        add(dSums[gate][u], x, dw[row], 0);
        add(dSums[gate][u], h, dw[row], x.length);
        addRow(dSums[gate][u], w, row, 0, dx);
        addRow(dSums[gate][u], w, row, x.length, dh);
      }
    }
    return dh;
  }
}
