package io.github.snip4j.snip.diagnosis;

import static io.github.snip4j.autograd.op.Arithmetic.add;
import static io.github.snip4j.autograd.op.Arithmetic.multiply;
import static io.github.snip4j.snip.diagnosis.SignalPaths.cutOff;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Products;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * Recurrent cells as {@link SignalPaths}, step by step.
 *
 * <p>A gate is never 0, so it lets pass whatever signal it multiplies, and brings none itself; what
 * enters a gate is of use where there is such a signal, and where its product is of use.
 */
final class RecurrentSignalPaths {
  private RecurrentSignalPaths() {}

  /** Gates i, f, g, o; formulas in {@link io.github.snip4j.core.internal.recurrent.LstmCell}. */
  static Variable lstm(Variable x, List<Parameter> parameters, Pass pass) {
    Variable w = pass.variable(parameters.get(0));
    Variable b = pass.variable(parameters.get(1));
    int units = w.shape().dim(0) / 4;
    Variable h = silence(units, x);
    Variable c = h;
    List<Variable> outputs = new ArrayList<>();
    for (int t = 0; t < x.shape().dim(0); t++) {
      Variable sums = Products.linear(stacked(step(x, t), h), w, b);
      Variable g = cutOff(part(sums, 2, units));
      Variable kept = gated(part(sums, 1, units), c);
      Variable entering = gated(part(sums, 0, units), g);
      c = cutOff(add(kept, entering));
      h = cutOff(gated(part(sums, 3, units), c));
      outputs.add(asStep(h));
    }
    return Shapes.concatenate(outputs, 0);
  }

  /**
   * Gates r, z, n; formulas in {@link io.github.snip4j.core.internal.recurrent.GruCell} and, where
   * there are four biases per unit, in {@link
   * io.github.snip4j.core.internal.recurrent.ResetAfterGruCell}.
   */
  static Variable gru(Variable x, List<Parameter> parameters, Pass pass) {
    Variable w = pass.variable(parameters.get(0));
    Variable b = pass.variable(parameters.get(1));
    int units = w.shape().dim(0) / 3;
    boolean resetAfter = b.shape().dim(0) == 4 * units;
    Variable gateWeights = Shapes.slice(w, 0, 0, 2 * units);
    Variable gateBiases = Shapes.slice(b, 0, 0, 2 * units);
    Variable h = silence(units, x);
    List<Variable> outputs = new ArrayList<>();
    for (int t = 0; t < x.shape().dim(0); t++) {
      Variable in = step(x, t);
      Variable gates = Products.linear(stacked(in, h), gateWeights, gateBiases);
      Variable r = part(gates, 0, units);
      Variable n =
          resetAfter
              ? candidateThenReset(in, h, r, w, b)
              : Products.linear(
                  stacked(in, cutOff(gated(r, h))),
                  Shapes.slice(w, 0, 2 * units, 3 * units),
                  Shapes.slice(b, 0, 2 * units, 3 * units));
      h = cutOff(gated(part(gates, 1, units), cutOff(add(cutOff(n), h))));
      outputs.add(asStep(h));
    }
    return Shapes.concatenate(outputs, 0);
  }

  private static Variable candidateThenReset(
      Variable in, Variable h, Variable r, Variable w, Variable b) {
    int units = h.shape().dim(0);
    int features = in.shape().dim(0);
    Variable rows = Shapes.slice(w, 0, 2 * units, 3 * units);
    Variable fromInput =
        Products.linear(
            in, Shapes.slice(rows, 1, 0, features), Shapes.slice(b, 0, 2 * units, 3 * units));
    Variable fromState =
        Products.linear(
            h,
            Shapes.slice(rows, 1, features, features + units),
            Shapes.slice(b, 0, 3 * units, 4 * units));
    return add(fromInput, gated(r, cutOff(fromState)));
  }

  /** The signal, and where there is one, a use for what enters the gate. */
  private static Variable gated(Variable gate, Variable signal) {
    return add(signal, multiply(gate, Variable.constant(signal.value())));
  }

  private static Variable silence(int units, Variable x) {
    return Variable.constant(Tensor.zeros(Shape.of(units, x.shape().dim(2))));
  }

  private static Variable step(Variable x, int t) {
    Shape shape = x.shape();
    return Shapes.reshape(Shapes.slice(x, 0, t, t + 1), Shape.of(shape.dim(1), shape.dim(2)));
  }

  private static Variable asStep(Variable h) {
    return Shapes.reshape(h, Shape.of(1, h.shape().dim(0), h.shape().dim(1)));
  }

  private static Variable stacked(Variable x, Variable h) {
    return Shapes.concatenate(List.of(x, h), 0);
  }

  private static Variable part(Variable sums, int gate, int units) {
    return Shapes.slice(sums, 0, gate * units, (gate + 1) * units);
  }
}
