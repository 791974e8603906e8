package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.BatchedProducts;
import io.github.snip4j.autograd.op.Products;
import io.github.snip4j.autograd.op.Reorderings;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter.Role;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Matrix products: with weights, which are then pruned, and of two values. */
final class Matrices {
  private Matrices() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Gemm", Matrices::gemm);
    all.put("MatMul", Matrices::matMul);
  }

  /** alpha x w + beta c, where w may be there transposed. */
  private static void gemm(Use use) throws BadFileException {
    Computed x = use.examples(0);
    use.expect("transA", 0, "expected the examples as rows");
    boolean transposed = use.number("transB", 0) != 0;
    float alpha = use.real("alpha", 1);
    float beta = use.real("beta", 1);
    if (x.extent().rank() != 2 || x.extent().batch() != 0) {
      throw use.bad("of " + x.extent() + ": expected [N, features]");
    }
    Known w = weight(use, use.input(1), 2);
    if (!transposed) {
      w = Rearrangements.transpose(w, new int[] {1, 0});
    }
    int out = w.dims()[0];
    checkInner(use, x.extent(), x.extent().lengths()[1], w);
    Learned bias = use.has(2) && beta == 1 && alpha == 1 ? bias(use.input(2), out) : null;
    Computed y =
        product(
            use, x, w, bias, Extents.of(out), (in, weight, b) -> Products.linear(in, weight, b));
    if (alpha != 1) {
      y = scaled(use, y, alpha);
    }
    if (use.has(2) && bias == null) {
      y = plus(use, y, use.input(2), beta);
    }
    use.output(y);
  }

  private static Computed scaled(Use use, Computed y, float factor) throws BadFileException {
    return use.graph().step(use, y.extent(), (in, n) -> Arithmetic.scale(in[0], factor), y);
  }

  /** y + beta c, where c is not simply a bias. */
  private static Computed plus(Use use, Computed y, Value c, float beta) throws BadFileException {
    Reals constant = c instanceof Learned learned ? learned.constant() : Arithmetics.constant(c);
    if (constant == null) {
      throw use.bad("adds " + Arithmetics.what(c) + ": expected a bias");
    }
    Computed added = Elements.constant(use, constant);
    Extent to = Elements.broadcast(use, y.extent(), added.extent());
    Variable factor = Variable.constant(Tensor.scalar(beta));
    return use.graph()
        .step(
            use,
            to,
            (in, n) ->
                Arithmetic.add(
                    in[0],
                    Arithmetic.multiply(
                        factor, Extents.to(in[1], Elements.aligned(added.extent(), to, n)))),
            y,
            added);
  }

  /** A bias as {@code [out]}; null if it is none. */
  static @Nullable Learned bias(Value value, int out) {
    return value instanceof Learned learned && learned.size() == out
        ? learned.reshaped(new int[] {out})
        : null;
  }

  static Known weight(Use use, Value value, int rank) throws BadFileException {
    if (value instanceof Known w && !(value instanceof Wholes) && w.dims().length == rank) {
      return w;
    }
    throw use.bad("its weight is not a tensor of the file with " + rank + " axes, but is computed");
  }

  private static void checkInner(Use use, Extent x, int features, Known w) throws BadFileException {
    if (w.dims()[1] != features) {
      throw use.bad("of " + x + " with a weight for " + w.dims()[1] + " features");
    }
  }

  /** What computes with a weight and perhaps a bias. */
  @FunctionalInterface
  interface Weighted {
    Variable of(Variable x, Weight w, @Nullable Variable b);
  }

  /** A layer that multiplies by a weight of the file. */
  static Computed product(
      Use use, Computed x, Known w, @Nullable Learned bias, Extent to, Weighted operation)
      throws BadFileException {
    if (!(w instanceof Learned learned)) { // numbers that nobody learns
      Reals reals = (Reals) w;
      Weight constant =
          Weight.of(Variable.constant(Tensor.of(Shape.of(reals.dims()), reals.values())));
      return use.graph().step(use, to, (in, n) -> operation.of(in[0], constant, null), x);
    }
    List<ParameterView> views = new ArrayList<>();
    views.add(use.graph().view(learned, Role.WEIGHT, learned.dims()));
    if (bias != null) {
      views.add(use.graph().view(bias, Role.BIAS, bias.dims()));
    }
    boolean biased = bias != null;
    NodeLayer layer =
        new NodeLayer(
            use.layerName(learned),
            views,
            List.of(),
            (in, self, pass) ->
                operation.of(in, self.weight(0, pass), biased ? self.variable(1, pass) : null));
    Computed y = use.graph().layer(use, to, layer, x);
    use.graph().noteProduct(y);
    return y;
  }

  private static void matMul(Use use) throws BadFileException {
    Value a = use.input(0);
    Value b = use.input(1);
    if (b instanceof Known w && !(a instanceof Known)) {
      use.output(right(use, use.examples(0), weight(use, w, 2)));
    } else if (a instanceof Known w && !(b instanceof Known)) {
      use.output(left(use, weight(use, w, 2), use.examples(1)));
    } else {
      use.output(both(use, use.examples(0), use.examples(1)));
    }
  }

  /** x w along the last axis of x. */
  private static Computed right(Use use, Computed x, Known w) throws BadFileException {
    Extent from = x.extent();
    Known transposed = Rearrangements.transpose(w, new int[] {1, 0});
    int last = from.rank() - 1;
    if (from.batch() == last) {
      throw use.bad("of " + from + ": the batch must not be the last axis");
    }
    int features = from.lengths()[last];
    checkInner(use, from, features, transposed);
    int out = transposed.dims()[0];
    int[] lengths = from.lengths().clone();
    lengths[last] = out;
    Extent to = Extents.like(from, lengths);
    int rows = Math.toIntExact(from.size() / Math.max(1, features));
    return product(
        use,
        x,
        transposed,
        null,
        to,
        (in, weight, none) -> {
          int n = in.shape().dim(-1);
          Variable y =
              rows == 1
                  ? Products.linear(Extents.to(in, Shape.of(features, n)), weight, null)
                  : alongSecond(Extents.to(in, Shape.of(rows, features, n)), weight);
          return Extents.to(y, to.shape(n));
        });
  }

  /** Of x {@code [A, F, N]}: {@code [A, out, N]}. */
  private static Variable alongSecond(Variable x, Weight w) {
    int rows = x.shape().dim(0);
    int n = x.shape().dim(2);
    Variable columns =
        Shapes.reshape(Shapes.transpose(x, 0, 1), Shape.of(x.shape().dim(1), rows * n));
    Variable y = Products.linear(columns, w, null);
    return Shapes.transpose(Shapes.reshape(y, Shape.of(y.shape().dim(0), rows, n)), 0, 1);
  }

  /** w x along the last axis but one of x. */
  private static Computed left(Use use, Known w, Computed x) throws BadFileException {
    Extent from = x.extent();
    int axis = from.rank() - 2;
    if (axis < 1 || from.batch() >= axis) {
      throw use.bad("of " + from + ": expected the batch before the last two axes");
    }
    int features = from.lengths()[axis];
    checkInner(use, from, features, w);
    int[] lengths = from.lengths().clone();
    lengths[axis] = w.dims()[0];
    Extent to = Extents.like(from, lengths);
    int last = from.lengths()[axis + 1];
    int rows = Math.toIntExact(from.size() / Math.max(1, (long) features * last));
    return product(
        use,
        x,
        w,
        null,
        to,
        (in, weight, none) -> {
          int n = in.shape().dim(-1);
          Variable y = alongSecond(Extents.to(in, Shape.of(rows, features, last * n)), weight);
          return Extents.to(y, to.shape(n));
        });
  }

  /** The products of two values, example by example. */
  private static Computed both(Use use, Computed a, Computed b) throws BadFileException {
    Extent x = a.extent();
    Extent y = b.extent();
    int rank = Math.max(x.rank(), y.rank());
    if (x.rank() != y.rank() || rank < 3 || x.batch() != y.batch() || x.batch() > rank - 3) {
      throw use.bad("of " + x + " and " + y + ": expected the batch in front of matrices");
    }
    int inner = x.lengths()[rank - 1];
    int[] lengths = x.lengths().clone();
    lengths[rank - 1] = y.lengths()[rank - 1];
    int outer = 1;
    for (int axis = 0; axis < rank - 2; axis++) {
      outer *= x.lengths()[axis];
      if (x.lengths()[axis] != y.lengths()[axis]) {
        throw use.bad("of " + x + " and " + y + ": axis " + axis + " differs");
      }
    }
    if (inner != y.lengths()[rank - 2]) {
      throw use.bad("of " + x + " and " + y + ": inner lengths differ");
    }
    int groups = outer;
    int m = lengths[rank - 2];
    int p = lengths[rank - 1];
    Extent to = Extents.like(x, lengths);
    return use.graph()
        .step(
            use,
            to,
            (in, n) -> {
              Variable left = Extents.to(in[0], Shape.of(groups, m, inner, n));
              Variable right = Extents.to(in[1], Shape.of(groups, inner, p, n));
              Variable products =
                  BatchedProducts.matmul(
                      Reorderings.permute(left, 0, 3, 1, 2),
                      Reorderings.permute(right, 0, 3, 1, 2));
              return Extents.to(Reorderings.permute(products, 0, 2, 3, 1), to.shape(n));
            },
            a,
            b);
  }
}
