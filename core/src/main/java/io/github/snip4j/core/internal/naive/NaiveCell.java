package io.github.snip4j.core.internal.naive;

/**
 * A recurrent cell as it is defined: one example, one step. w is {@code [gates H, F + H]}, its
 * columns first those of x<sub>t</sub>, then those of h<sub>t-1</sub>.
 */
public interface NaiveCell {
  /**
   * One step.
   *
   * @param x x<sub>t</sub>, {@code [F]}
   * @param state what the cell remembers, its first H numbers being h<sub>t-1</sub>
   * @return the next state, its first H numbers being h<sub>t</sub>
   */
  double[] forward(double[] x, double[] state);

  /**
   * One step back: the gradients of {@link #forward}.
   *
   * @param dNext ∂L by the next state
   * @param dx ∂L/∂x<sub>t</sub>, added to
   * @param dw ∂L/∂w, a row for each of w's, added to
   * @param db ∂L/∂b, added to
   * @return ∂L by the state
   */
  double[] backward(
      double[] x, double[] state, double[] dNext, double[] dx, double[][] dw, double[] db);
}
