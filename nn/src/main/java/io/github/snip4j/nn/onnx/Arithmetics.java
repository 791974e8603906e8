package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.onnx.Value.Computed;
import io.github.snip4j.nn.onnx.Value.Erf;
import io.github.snip4j.nn.onnx.Value.Repeated;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators of two inputs, element by element: of values, of constants and of lengths. */
final class Arithmetics {
  private static final float ROOT_HALF = (float) Math.sqrt(0.5);

  private Arithmetics() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Add", use -> read(use, Binary.ADD));
    all.put("Sub", use -> read(use, Binary.SUBTRACT));
    all.put("Mul", use -> read(use, Binary.MULTIPLY));
    all.put("Div", use -> read(use, Binary.DIVIDE));
    all.put("Erf", Arithmetics::erf);
  }

  /** What an operator does to variables, to constants and to lengths. */
  private enum Binary {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE;

    Variable of(Variable a, Variable b) {
      return switch (this) {
        case ADD -> Arithmetic.add(a, b);
        case SUBTRACT -> Arithmetic.subtract(a, b);
        case MULTIPLY -> Arithmetic.multiply(a, b);
        case DIVIDE -> Arithmetic.divide(a, b);
      };
    }

    float of(float a, float b) {
      return switch (this) {
        case ADD -> a + b;
        case SUBTRACT -> a - b;
        case MULTIPLY -> a * b;
        case DIVIDE -> a / b;
      };
    }
  }

  private static void read(Use use, Binary operator) throws BadFileException {
    Value a = use.input(0);
    Value b = use.input(1);
    if (a instanceof Wholes first && b instanceof Wholes second) {
      use.output(wholes(use, operator, first, second));
      return;
    }
    Value gelu = erfPart(use, operator, a, b);
    if (gelu != null) {
      use.output(gelu);
      return;
    }
    Reals first = constant(a);
    Reals second = constant(b);
    if (first != null && second != null) {
      use.output(reals(use, operator, first, second));
    } else if (a instanceof Learned learned && b instanceof Computed) {
      use.output(withParameter(use, operator, use.examples(1), learned, true));
    } else if (b instanceof Learned learned && a instanceof Computed) {
      use.output(withParameter(use, operator, use.examples(0), learned, false));
    } else {
      Computed x = use.computed(0);
      Computed y = use.computed(1);
      Extent to = Elements.broadcast(use, x.extent(), y.extent());
      Computed result =
          use.graph()
              .step(
                  use,
                  to,
                  (in, n) ->
                      operator.of(
                          Extents.to(in[0], Elements.aligned(x.extent(), to, n)),
                          Extents.to(in[1], Elements.aligned(y.extent(), to, n))),
                  x,
                  y);
      noteFactor(use, operator, result, x, second);
      noteFactor(use, operator, result, y, operator == Binary.MULTIPLY ? first : null);
      use.output(result);
    }
  }

  /** Numbers that are constants here: also parameters of one element, which factors are. */
  static @Nullable Reals constant(Value value) {
    if (value instanceof Reals reals) {
      return reals;
    }
    if (value instanceof Repeated repeated) {
      return Reals.scalar(repeated.value());
    }
    return value instanceof Learned learned && learned.size() == 1 ? learned.constant() : null;
  }

  /** Whether all of its numbers are 0 in the file. */
  static boolean isZero(Value value) {
    Reals reals = value instanceof Learned learned ? learned.constant() : constant(value);
    if (reals == null) {
      return false;
    }
    for (float number : reals.values()) {
      if (number != 0) {
        return false;
      }
    }
    return true;
  }

  /** For messages. */
  static String what(Value value) {
    if (value instanceof Erf) {
      return "the error function but in x (1 + erf(x / √2)) / 2, which is the GELU";
    }
    return value instanceof Wholes ? "whole numbers" : "this value";
  }

  private static void noteFactor(
      Use use, Binary operator, Computed result, Computed x, @Nullable Reals factor) {
    if (factor != null && factor.values().length == 1) {
      if (operator == Binary.MULTIPLY) {
        use.graph().noteScaled(result, x, factor.values()[0]);
      } else if (operator == Binary.DIVIDE) {
        use.graph().noteScaled(result, x, 1 / factor.values()[0]);
      }
    }
  }

  /** A value and a parameter, which is a bias where the value is a product with a weight. */
  private static Computed withParameter(
      Use use, Binary operator, Computed x, Learned learned, boolean first)
      throws BadFileException {
    Extent of = Extent.of(learned.dims());
    Extent to = Elements.broadcast(use, x.extent(), of);
    boolean sum = operator == Binary.ADD || operator == Binary.SUBTRACT;
    boolean bias = sum && use.graph().isProduct(x);
    Parameter.Role role =
        bias ? Parameter.Role.BIAS : sum ? Parameter.Role.SHIFT : Parameter.Role.SCALE;
    ParameterView view = use.graph().view(learned, role, Elements.aligned(of, to, 1).toArray());
    NodeLayer layer =
        new NodeLayer(
            use.layerName(learned),
            List.of(view),
            List.of(),
            (in, self, pass) -> {
              Variable v = Extents.to(in, Elements.aligned(x.extent(), to, in.shape().dim(-1)));
              Variable p = self.variable(0, pass);
              return first ? operator.of(p, v) : operator.of(v, p);
            });
    return use.graph().layer(use, to, layer, x);
  }

  private static Reals reals(Use use, Binary operator, Reals a, Reals b) throws BadFileException {
    int[] dims = Elements.broadcast(use, Extent.of(a.dims()), Extent.of(b.dims())).lengths();
    float[] values = new float[use.graph().affordable(use, dims)];
    Reals x = (Reals) Rearrangements.expand(a, dims);
    Reals y = (Reals) Rearrangements.expand(b, dims);
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.of(x.values()[i], y.values()[i]);
    }
    return new Reals(dims, values);
  }

  private static Wholes wholes(Use use, Binary operator, Wholes a, Wholes b)
      throws BadFileException {
    int[] dims = Elements.broadcast(use, Extent.of(a.dims()), Extent.of(b.dims())).lengths();
    use.graph().affordable(use, dims);
    Wholes x = (Wholes) Rearrangements.expand(a, dims);
    Wholes y = (Wholes) Rearrangements.expand(b, dims);
    long[] fixed = new long[x.size()];
    long[] perExample = new long[x.size()];
    for (int i = 0; i < fixed.length; i++) {
      long[] result =
          of(use, operator, x.fixed()[i], x.perExample()[i], y.fixed()[i], y.perExample()[i]);
      fixed[i] = result[0];
      perExample[i] = result[1];
    }
    return new Wholes(dims, fixed, perExample);
  }

  /** Of a + b N and c + d N. */
  private static long[] of(Use use, Binary operator, long a, long b, long c, long d)
      throws BadFileException {
    if (operator == Binary.ADD) {
      return new long[] {Math.addExact(a, c), Math.addExact(b, d)};
    }
    if (operator == Binary.SUBTRACT) {
      return new long[] {Math.subtractExact(a, c), Math.subtractExact(b, d)};
    }
    if (operator == Binary.MULTIPLY && (b == 0 || d == 0)) {
      long perExample = Math.addExact(Math.multiplyExact(a, d), Math.multiplyExact(b, c));
      return new long[] {Math.multiplyExact(a, c), perExample};
    }
    if (operator == Binary.DIVIDE) { // whole numbers are rounded towards 0
      if (d == 0 && c != 0 && (b == 0 || (a % c == 0 && b % c == 0))) {
        return new long[] {a / c, b / c};
      }
      if (a == 0 && c == 0 && d != 0 && b % d == 0) {
        return new long[] {b / d, 0};
      }
    }
    throw use.bad("computes with the size of the batch what cannot be known beforehand");
  }

  /** The product of all numbers. */
  static Wholes product(Use use, Wholes of) throws BadFileException {
    long[] product = {1, 0};
    for (int i = 0; i < of.size(); i++) {
      product = of(use, Binary.MULTIPLY, product[0], product[1], of.fixed()[i], of.perExample()[i]);
    }
    return new Wholes(new int[0], new long[] {product[0]}, new long[] {product[1]});
  }

  private static void erf(Use use) throws BadFileException {
    Computed scaled = use.computed(0);
    GraphDraft.Scaled of = use.graph().scaled(scaled);
    if (of == null || Math.abs(of.factor() - ROOT_HALF) > 1e-6f) {
      throw use.bad("expected the error function of x / √2, in a GELU");
    }
    use.output(new Erf(of.of(), 1, false, false));
  }

  /** One more operation of a GELU; null if it is none. */
  private static @Nullable Value erfPart(Use use, Binary operator, Value a, Value b) {
    if (b instanceof Erf && !(a instanceof Erf)) {
      boolean commutes = operator == Binary.ADD || operator == Binary.MULTIPLY;
      return commutes ? erfPart(use, operator, b, a) : null;
    }
    if (!(a instanceof Erf erf)) {
      return null;
    }
    Reals constant = constant(b);
    boolean number = constant != null && constant.values().length == 1;
    float value = constant != null && number ? constant.values()[0] : 0;
    if (!erf.plusOne()) {
      return operator == Binary.ADD && number && value == 1
          ? new Erf(erf.x(), 1, true, false)
          : null;
    }
    if (number && operator == Binary.MULTIPLY) {
      return new Erf(erf.x(), erf.factor() * value, true, erf.timesX());
    }
    if (number && operator == Binary.DIVIDE) {
      return new Erf(erf.x(), erf.factor() / value, true, erf.timesX());
    }
    if (operator == Binary.MULTIPLY && b instanceof Computed x && !erf.timesX()) {
      if (x.slot() == erf.x().slot()) {
        return new Erf(erf.x(), erf.factor(), true, true);
      }
      GraphDraft.Scaled scaled = use.graph().scaled(x);
      if (scaled != null && scaled.of().slot() == erf.x().slot()) {
        return new Erf(erf.x(), erf.factor() * scaled.factor(), true, true);
      }
    }
    return null;
  }
}
