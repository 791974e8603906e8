package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.op.OperationCase.Pruned;
import io.github.snip4j.autograd.op.Reductions.Reduced;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Uses of every operation: one element, odd sizes, broadcasting. */
final class Operations {
  private static final int[] LABELS = {0, 3, 9, 9, 1, 4, 7};

  private Operations() {}

  private static OperationCase of(
      Class<?> kin, String name, String variant, @Nullable Object... arguments) {
    return OperationCase.of(kin, name, variant, arguments);
  }

  private static Tensor normal(int... dims) {
    return RandomTensors.normal(3, dims);
  }

  private static Tensor nonZero(int... dims) {
    return RandomTensors.awayFromZero(4, 0.5f, dims);
  }

  private static Tensor positive(int... dims) {
    Tensor t = nonZero(dims);
    for (int i = 0; i < t.size(); i++) {
      t.put(i, Math.abs(t.at(i)));
    }
    return t;
  }

  private static Tensor small(int... dims) {
    Tensor t = normal(dims);
    for (int i = 0; i < t.size(); i++) {
      t.put(i, t.at(i) * 0.4f);
    }
    return t;
  }

  /** No two elements nearer than 1/2, so that a maximum stays where it is. */
  private static Tensor apart(int... dims) {
    Tensor t = Tensor.zeros(Shape.of(dims));
    int[] order = new Seed(4).permutation(t.size());
    for (int i = 0; i < t.size(); i++) {
      t.put(i, 0.5f * (order[i] - t.size() / 2));
    }
    return t;
  }

  private static int[] each(int... numbers) {
    return numbers;
  }

  static Stream<OperationCase> cases() {
    return Stream.of(
            arithmetic(),
            elementwise(),
            reductions(),
            shapes(),
            products(),
            images(),
            pruned(),
            losses(),
            recurrent(),
            prunedRecurrent(),
            FurtherOperations.cases())
        .flatMap(kin -> kin);
  }

  private static Stream<OperationCase> arithmetic() {
    Class<?> kin = Arithmetic.class;
    return Stream.of(
        of(kin, "add", "one element", normal(1), normal(1)),
        of(kin, "add", "odd sizes", normal(7, 9), normal(7, 9)),
        of(kin, "add", "broadcast", normal(5, 1), normal(2, 1, 3)),
        of(kin, "subtract", "odd sizes", normal(7, 9), normal(7, 9)),
        of(kin, "subtract", "broadcast", normal(), normal(3, 5)),
        of(kin, "multiply", "scalars", normal(), normal()),
        of(kin, "multiply", "odd sizes", normal(7, 9), nonZero(7, 9)),
        of(kin, "multiply", "broadcast", normal(4, 5, 6), nonZero(1, 6)),
        of(kin, "divide", "one element", normal(1), nonZero(1)),
        of(kin, "divide", "odd sizes", normal(7, 9), nonZero(7, 9)),
        of(kin, "divide", "broadcast", normal(4, 1), nonZero(4, 5)));
  }

  private static Stream<OperationCase> elementwise() {
    Class<?> kin = Elementwise.class;
    return Stream.concat(
        Stream.of("exp", "relu", "gelu", "softplus", "tanh", "sigmoid")
            .flatMap(
                name ->
                    Stream.of(
                        of(kin, name, "one element", nonZero(1)),
                        of(kin, name, "odd sizes", nonZero(17, 31)))),
        Stream.of(
            of(kin, "log", "one element", positive(1)),
            of(kin, "log", "odd sizes", positive(7, 9)),
            of(kin, "reciprocal", "one element", nonZero(1)),
            of(kin, "reciprocal", "odd sizes", nonZero(7, 9)),
            of(kin, "sqrt", "one element", positive(1)),
            of(kin, "sqrt", "odd sizes", positive(7, 9)),
            of(kin, "leakyRelu", "one element", nonZero(1), 0.2f),
            of(kin, "leakyRelu", "odd sizes", nonZero(17, 31), 0.01f),
            of(Stochastic.class, "dropout", "one element", normal(1), 0.2, new Seed(3)),
            of(Stochastic.class, "dropout", "odd sizes", normal(7, 9), 0.5, new Seed(5))));
  }

  private static Stream<OperationCase> reductions() {
    Class<?> kin = Reductions.class;
    Reduced stays = Reduced.STAYS;
    Reduced goes = Reduced.GOES;
    return Stream.of(
        of(kin, "sum", "scalar", normal()),
        of(kin, "sum", "odd sizes", normal(3, 4, 5)),
        of(kin, "sum", "axis of one element", normal(1), goes, each(0)),
        of(kin, "sum", "one axis", normal(3, 4, 5), goes, each(1)),
        of(kin, "sum", "outer axes, kept", normal(3, 4, 5), stays, each(0, -1)),
        of(kin, "mean", "one element", normal(1)),
        of(kin, "mean", "odd sizes", normal(3, 4, 5)),
        of(kin, "mean", "axis of one element", normal(1), stays, each(-1)),
        of(kin, "mean", "outer axes", normal(3, 4, 5), goes, each(2, 0)),
        of(kin, "mean", "all axes, kept", normal(3, 5), stays, each(0, 1)),
        of(kin, "max", "one element", normal(1), goes, each(0)),
        of(kin, "max", "first axis", apart(7, 9), goes, each(0)),
        of(kin, "max", "middle axis, kept", apart(3, 5, 7), stays, each(1)),
        of(kin, "max", "last axis", apart(3, 5, 7), goes, each(-1)));
  }

  private static Stream<OperationCase> shapes() {
    Class<?> kin = Shapes.class;
    return Stream.of(
        of(kin, "reshape", "one element", normal(), Shape.of(1, 1)),
        of(kin, "reshape", "odd sizes", normal(3, 4, 5), Shape.of(10, 6)),
        of(kin, "transpose", "one element", normal(1, 1), 0, 1),
        of(kin, "transpose", "matrix", normal(5, 7), 0, 1),
        of(kin, "transpose", "outer axes", normal(3, 5, 2, 7), 0, -2),
        of(kin, "transpose", "inner axes", normal(3, 5, 2, 7), 3, 1),
        of(kin, "slice", "one element", normal(1), 0, 0, 1),
        of(kin, "slice", "first axis", normal(5, 3), 0, 1, 4),
        of(kin, "slice", "middle axis", normal(3, 7, 5), 1, 2, 6),
        of(kin, "slice", "last axis", normal(3, 7), -1, 6, 7),
        of(kin, "concatenate", "one element", List.of(normal(1)), 0),
        of(kin, "concatenate", "first axis", List.of(normal(2, 3), normal(5, 3)), 0),
        of(kin, "concatenate", "last axis", List.of(normal(3, 1), normal(3, 4), normal(3, 2)), -1),
        of(kin, "take", "one element", List.of(normal(1)), each(0), Shape.of(1)),
        of(
            kin,
            "take",
            "of two, some twice and some not at all",
            List.of(normal(2, 3), normal(4)),
            each(9, 0, 5, 6, 0, 8),
            Shape.of(3, 2)),
        of(kin, "pad", "one element", normal(1), each(2), each(1)),
        of(kin, "pad", "each side differently", normal(3, 5, 2), each(1, 0, 2), each(0, 3, 1)));
  }

  private static Stream<OperationCase> products() {
    Class<?> kin = Products.class;
    return Stream.of(
        of(kin, "matmul", "one element", normal(1, 1), normal(1, 1)),
        of(kin, "matmul", "odd sizes", normal(7, 9), normal(9, 5)),
        of(kin, "linear", "one of all", normal(1, 1), normal(1, 1), normal(1)),
        of(kin, "linear", "odd sizes", normal(9, 17), normal(5, 9), normal(5)),
        of(kin, "linear", "batch 1", normal(9, 1), normal(5, 9), normal(5)));
  }

  private static Stream<OperationCase> images() {
    Class<?> pool = Poolings.class;
    Class<?> norm = Normalizations.class;
    Conv2dSpec one = Conv2dSpec.VALID;
    Conv2dSpec odd = one.withStride(2).withPadding(1);
    Tensor mean = normal(3);
    Tensor variance = positive(3);
    return Stream.of(
        of(Convolutions.class, "conv2d", "one", normal(1, 1, 1, 1), normal(1, 1, 1, 1), null, one),
        of(
            Convolutions.class,
            "conv2d",
            "odd sizes",
            normal(3, 7, 5, 3),
            normal(5, 3, 3, 3),
            normal(5),
            odd),
        of(pool, "max", "one element", normal(1, 1, 1, 1), PoolSpec.square(1)),
        of(pool, "max", "odd sizes", apart(3, 5, 7, 3), PoolSpec.square(2)),
        of(pool, "average", "one element", normal(1, 1, 1, 1), PoolSpec.square(1), true),
        of(pool, "average", "odd sizes", normal(3, 5, 7, 3), PoolSpec.square(2), false),
        of(pool, "globalAverage", "one element", normal(1, 1, 1, 1)),
        of(pool, "globalAverage", "odd sizes", normal(3, 5, 7, 3)),
        of(norm, "batchNorm", "two examples", nonZero(1, 2), normal(1), normal(1), 1e-1),
        of(norm, "batchNorm", "images", normal(3, 5, 7, 3), normal(3), normal(3), 1e-5),
        of(norm, "batchNormThenRelu", "images", nonZero(3, 5, 7, 3), positive(3), zeros(3), 1e-5),
        of(norm, "batchNorm", "in use", normal(3, 5), normal(3), normal(3), mean, variance, 1e-5));
  }

  private static Tensor zeros(int length) {
    return Tensor.zeros(Shape.of(length));
  }

  /** Every so-manieth element of a weight, small. */
  private static Pruned everyNth(int n, int... shape) {
    SparsePattern pattern = SparsePattern.of(Shape.of(shape), every(n, Shape.of(shape).size()));
    return new Pruned(small(pattern.count()), pattern);
  }

  private static int[] every(int n, int size) {
    return IntStream.range(0, size).filter(i -> i % n == 0).toArray();
  }

  private static Stream<OperationCase> pruned() {
    Class<?> linear = Products.class;
    Class<?> conv = Convolutions.class;
    Conv2dSpec valid = Conv2dSpec.VALID;
    Conv2dSpec odd = valid.withStride(2).withPadding(1);
    Pruned none = new Pruned(normal(0), SparsePattern.of(Shape.of(5, 9)));
    return Stream.of(
        of(linear, "linear", "one of all", normal(1, 1), everyNth(3, 1, 1), normal(1)),
        of(linear, "linear", "odd sizes", normal(9, 17), everyNth(3, 5, 9), normal(5)),
        of(linear, "linear", "batch 1, no bias", normal(9, 1), everyNth(3, 5, 9), null),
        of(linear, "linear", "nothing exists", normal(9, 7), none, normal(5)),
        of(conv, "conv2d", "one", normal(1, 1, 1, 1), everyNth(3, 1, 1, 1, 1), null, valid),
        of(
            conv,
            "conv2d",
            "odd sizes",
            normal(3, 7, 5, 3),
            everyNth(3, 5, 3, 3, 3),
            normal(5),
            odd));
  }

  private static Stream<OperationCase> losses() {
    Class<?> kin = Losses.class;
    return Stream.of(
        of(kin, "crossEntropy", "one example", normal(2, 1), each(1)),
        of(kin, "crossEntropy", "odd sizes", normal(10, 7), LABELS),
        of(kin, "crossEntropy", "smoothed, one example", normal(3, 1), each(1), 0.3f),
        of(kin, "crossEntropy", "smoothed", normal(10, 7), LABELS, 0.1f),
        of(kin, "crossEntropy", "shares", normal(3, 7), positive(3, 7)),
        of(kin, "binaryCrossEntropy", "one element", normal(1), Tensor.full(Shape.of(1), 1)),
        of(kin, "binaryCrossEntropy", "odd sizes", normal(7, 9), positive(7, 9)),
        of(kin, "huber", "one element", normal(1), nonZero(1), 1f),
        of(kin, "huber", "odd sizes", normal(7, 9), nonZero(7, 9), 0.8f),
        of(kin, "meanSquaredError", "one element", normal(1), nonZero(1)),
        of(kin, "meanSquaredError", "odd sizes", normal(7, 9), nonZero(7, 9)),
        of(Softmaxes.class, "softmax", "one class", normal(1, 1)),
        of(Softmaxes.class, "softmax", "odd sizes", normal(9, 5, 3)),
        of(Softmaxes.class, "logSoftmax", "one class", normal(1, 1)),
        of(Softmaxes.class, "logSoftmax", "odd sizes", normal(9, 5, 3)));
  }

  private static Stream<OperationCase> recurrent() {
    Class<?> kin = Recurrent.class;
    return Stream.of(
        of(kin, "lstm", "one of all", normal(1, 1, 1), small(4, 2), normal(4), 1f),
        of(kin, "lstm", "odd sizes", normal(3, 7, 5), small(12, 10), normal(12), 0f),
        of(kin, "gru", "one of all", normal(1, 1, 1), small(3, 2), normal(3)),
        of(kin, "gru", "odd sizes", normal(3, 7, 5), small(9, 10), normal(9)),
        of(kin, "gruResetAfter", "one of all", normal(1, 1, 1), small(3, 2), normal(4)),
        of(kin, "gruResetAfter", "odd sizes", normal(3, 7, 5), small(9, 10), normal(12)));
  }

  private static Stream<OperationCase> prunedRecurrent() {
    Class<?> kin = Recurrent.class;
    Tensor one = normal(1, 1, 1);
    Tensor x = normal(3, 7, 5);
    return Stream.of(
        of(kin, "lstm", "one of all", one, everyNth(2, 4, 2), normal(4), 1f),
        of(kin, "lstm", "odd sizes", x, everyNth(3, 12, 10), normal(12), 0f),
        of(kin, "gru", "one of all", one, everyNth(2, 3, 2), normal(3)),
        of(kin, "gru", "odd sizes", x, everyNth(3, 9, 10), normal(9)),
        of(kin, "gruResetAfter", "one of all", one, everyNth(2, 3, 2), normal(4)),
        of(kin, "gruResetAfter", "odd sizes", x, everyNth(3, 9, 10), normal(12)));
  }
}
