package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.autograd.op.PiecewiseLinear;
import io.github.snip4j.autograd.op.Powers;
import io.github.snip4j.autograd.op.Swishes;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.layer.Dropout;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Operators of one input, element by element. */
final class Elements {
  private Elements() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Relu", use -> map(use, Elementwise::relu));
    all.put("Sigmoid", use -> map(use, Elementwise::sigmoid));
    all.put("Tanh", use -> map(use, Elementwise::tanh));
    all.put("Softplus", use -> map(use, Elementwise::softplus));
    all.put("Exp", use -> map(use, Elementwise::exp, Math::exp));
    all.put("Log", use -> map(use, Elementwise::log, Math::log));
    all.put("Sqrt", use -> map(use, Elementwise::sqrt, Math::sqrt));
    all.put("Neg", use -> map(use, x -> times(x, -1), x -> -x));
    all.put("Reciprocal", use -> map(use, x -> Arithmetic.divide(number(1), x), x -> 1 / x));
    all.put("HardSwish", use -> map(use, Swishes::hardSwish));
    all.put("Abs", use -> map(use, PiecewiseLinear::abs));
    all.put("HardSigmoid", Elements::hardSigmoid);
    all.put("LeakyRelu", Elements::leakyRelu);
    all.put("Clip", Elements::clip);
    all.put("Gelu", Elements::gelu);
    all.put("Pow", Elements::pow);
  }

  /** A constant as a value to compute with. */
  static Computed constant(Use use, Reals reals) throws BadFileException {
    Variable value = Variable.constant(Tensor.of(Shape.of(reals.dims()), reals.values()));
    return use.graph().step(use, Extent.of(reals.dims()), (in, n) -> value);
  }

  private static Variable number(float value) {
    return Variable.constant(Tensor.scalar(value));
  }

  private static Variable times(Variable x, float factor) {
    return factor == 1 ? x : Arithmetic.scale(x, factor);
  }

  private static void map(Use use, UnaryOperator<Variable> f) throws BadFileException {
    map(use, f, null);
  }

  private static void map(
      Use use, UnaryOperator<Variable> f, @Nullable DoubleUnaryOperator ofConstants)
      throws BadFileException {
    if (ofConstants != null && use.input(0) instanceof Reals reals) {
      float[] values = new float[reals.values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ofConstants.applyAsDouble(reals.values()[i]);
      }
      use.output(new Reals(reals.dims(), values));
      return;
    }
    Computed x = use.computed(0);
    use.output(use.graph().step(use, x.extent(), (in, n) -> f.apply(in[0]), x));
  }

  private static void leakyRelu(Use use) throws BadFileException {
    float slope = use.real("alpha", 0.01f);
    map(use, x -> Elementwise.leakyRelu(x, slope));
  }

  private static void hardSigmoid(Use use) throws BadFileException {
    float alpha = use.real("alpha", 0.2f);
    float beta = use.real("beta", 0.5f);
    boolean usual = alpha == 1f / 6 && beta == 0.5f;
    map(
        use,
        x ->
            usual
                ? PiecewiseLinear.hardSigmoid(x)
                : PiecewiseLinear.clamp(Arithmetic.add(times(x, alpha), number(beta)), 0, 1));
  }

  private static void clip(Use use) throws BadFileException {
    float low = use.has(1) ? use.real(1) : use.real("min", Float.NEGATIVE_INFINITY);
    float high = use.has(2) ? use.real(2) : use.real("max", Float.POSITIVE_INFINITY);
    if (!(low <= high)) {
      throw use.bad("between " + low + " and " + high);
    }
    if (low == 0 && high == 6) {
      map(use, PiecewiseLinear::relu6);
    } else if (low == 0 && high >= Float.MAX_VALUE) {
      map(use, Elementwise::relu);
    } else {
      map(use, x -> PiecewiseLinear.clamp(x, low, high));
    }
  }

  private static void gelu(Use use) throws BadFileException {
    if (!use.text("approximate", "none").equals("none")) {
      throw use.bad("is approximated by tanh; expected approximate='none'");
    }
    map(use, Elementwise::gelu);
  }

  /** The GELU of a value, times a factor. */
  static Computed gelu(Use use, Computed x, float factor) throws BadFileException {
    return use.graph().step(use, x.extent(), (in, n) -> times(Elementwise.gelu(in[0]), factor), x);
  }

  private static void pow(Use use) throws BadFileException {
    float exponent = use.real(1);
    if (exponent == 1) {
      use.output(use.input(0));
    } else if (exponent == 2) {
      map(use, x -> Arithmetic.multiply(x, x), x -> x * x);
    } else if (exponent == 0.5f) {
      map(use, Elementwise::sqrt, Math::sqrt);
    } else {
      map(use, x -> Powers.pow(x, exponent), x -> Math.pow(x, exponent));
    }
  }

  static void dropout(Use use) throws BadFileException {
    float rate = use.has(1) ? use.real(1) : use.real("ratio", 0.5f);
    if (!(rate >= 0 && rate < 1)) {
      throw use.bad("a rate of " + rate + ": expected at least 0 and less than 1");
    }
    if (use.isUsed(1)) {
      throw use.bad("its mask is used");
    }
    if (!(use.input(0) instanceof Computed x) || rate == 0) {
      use.output(use.input(0));
      return;
    }
    use.output(use.graph().layer(use, x.extent(), new Dropout(use.uniqueName(), rate), x));
  }

  /** The shape of what comes out of two values, axes of length 1 being repeated. */
  static Extent broadcast(Use use, Extent a, Extent b) throws BadFileException {
    int rank = Math.max(a.rank(), b.rank());
    Extent x = a.ofRank(rank);
    Extent y = b.ofRank(rank);
    if (x.hasBatch() && y.hasBatch() && x.batch() != y.batch()) {
      throw use.bad(a + " with " + b + ": the batch is not at one place");
    }
    int batch = Math.max(x.batch(), y.batch());
    int[] lengths = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int first = x.lengths()[axis];
      int second = y.lengths()[axis];
      boolean fits = first == second || first == 1 || second == 1;
      if (!fits || (axis == batch && (first != 1 || second != 1))) {
        throw use.bad(a + " with " + b + ": axis " + axis + " does not fit");
      }
      lengths[axis] = first == 1 ? second : first;
    }
    return new Extent(lengths, batch);
  }

  /** The shape in which a value can be computed with one of another extent. */
  static Shape aligned(Extent of, Extent to, int batch) {
    int[] lengths = of.ofRank(to.rank()).lengths();
    Shape example = Shape.of(new Extent(lengths, to.batch()).example());
    return to.hasBatch() ? example.append(of.hasBatch() ? batch : 1) : example;
  }
}
