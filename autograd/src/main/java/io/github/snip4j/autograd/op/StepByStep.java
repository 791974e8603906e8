package io.github.snip4j.autograd.op;

import static io.github.snip4j.autograd.op.Arithmetic.add;
import static io.github.snip4j.autograd.op.Arithmetic.multiply;
import static io.github.snip4j.autograd.op.Arithmetic.subtract;
import static io.github.snip4j.autograd.op.Elementwise.sigmoid;
import static io.github.snip4j.autograd.op.Elementwise.tanh;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@link Recurrent} cells made of other operations, one time step after the other: their
 * formulas as they are written, shapes and arguments as there.
 */
final class StepByStep {
  private StepByStep() {}

  static Variable lstm(Variable x, Variable w, Variable b, float forgetBias) {
    Variable zeros = zeros(w.shape().dim(0) / 4, x);
    return Shapes.slice(lstm(x, w, b, forgetBias, zeros, zeros), 0, 0, x.shape().dim(0));
  }

  /** From given states; the last cell state comes after the outputs. */
  static Variable lstm(
      Variable x, Variable w, Variable b, float forgetBias, Variable h0, Variable c0) {
    int units = w.shape().dim(0) / 4;
    Variable h = h0;
    Variable c = c0;
    List<Variable> outputs = new ArrayList<>();
    for (int t = 0; t < x.shape().dim(0); t++) {
      Variable gates = Products.linear(stacked(step(x, t), h), w, b);
      Variable i = sigmoid(part(gates, 0, units));
      Variable f = sigmoid(add(part(gates, 1, units), constant(forgetBias)));
      Variable g = tanh(part(gates, 2, units));
      Variable o = sigmoid(part(gates, 3, units));
      c = add(multiply(f, c), multiply(i, g));
      h = multiply(o, tanh(c));
      outputs.add(asStep(h));
    }
    outputs.add(asStep(c));
    return Shapes.concatenate(outputs, 0);
  }

  static Variable gru(Variable x, Variable w, Variable b) {
    return gru(x, w, b, zeros(w.shape().dim(0) / 3, x));
  }

  static Variable gru(Variable x, Variable w, Variable b, Variable h0) {
    int units = w.shape().dim(0) / 3;
    Variable h = h0;
    List<Variable> outputs = new ArrayList<>();
    for (int t = 0; t < x.shape().dim(0); t++) {
      Variable in = step(x, t);
      Variable gates =
          Products.linear(stacked(in, h), parts(w, 0, 2, units), parts(b, 0, 2, units));
      Variable r = sigmoid(part(gates, 0, units));
      Variable z = sigmoid(part(gates, 1, units));
      Variable n =
          tanh(Products.linear(stacked(in, multiply(r, h)), part(w, 2, units), part(b, 2, units)));
      h = mixed(z, n, h);
      outputs.add(asStep(h));
    }
    return Shapes.concatenate(outputs, 0);
  }

  static Variable gruResetAfter(Variable x, Variable w, Variable b) {
    return gruResetAfter(x, w, b, zeros(w.shape().dim(0) / 3, x));
  }

  static Variable gruResetAfter(Variable x, Variable w, Variable b, Variable h0) {
    int units = w.shape().dim(0) / 3;
    int features = x.shape().dim(1);
    Variable rows = part(w, 2, units);
    Variable ofInput = Shapes.slice(rows, 1, 0, features);
    Variable ofState = Shapes.slice(rows, 1, features, features + units);
    Variable h = h0;
    List<Variable> outputs = new ArrayList<>();
    for (int t = 0; t < x.shape().dim(0); t++) {
      Variable in = step(x, t);
      Variable gates =
          Products.linear(stacked(in, h), parts(w, 0, 2, units), parts(b, 0, 2, units));
      Variable r = sigmoid(part(gates, 0, units));
      Variable z = sigmoid(part(gates, 1, units));
      Variable fromInput = Products.linear(in, ofInput, part(b, 2, units));
      Variable fromState = Products.linear(h, ofState, part(b, 3, units));
      h = mixed(z, tanh(add(fromInput, multiply(r, fromState))), h);
      outputs.add(asStep(h));
    }
    return Shapes.concatenate(outputs, 0);
  }

  /** (1 - z) n + z h. */
  private static Variable mixed(Variable z, Variable n, Variable h) {
    return add(multiply(subtract(constant(1), z), n), multiply(z, h));
  }

  private static Variable constant(float value) {
    return Variable.constant(Tensor.scalar(value));
  }

  private static Variable zeros(int units, Variable x) {
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

  private static Variable part(Variable rows, int gate, int units) {
    return parts(rows, gate, gate + 1, units);
  }

  private static Variable parts(Variable rows, int from, int to, int units) {
    return Shapes.slice(rows, 0, from * units, to * units);
  }
}
