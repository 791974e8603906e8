package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.op.Reductions.Reduced;
import io.github.snip4j.core.conv.Conv1dSpec;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Uses of the operations that {@link Operations} has no room for. */
final class FurtherOperations {
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  private FurtherOperations() {}

  private static OperationCase of(
      Class<?> kin, String name, String variant, @Nullable Object... arguments) {
    return OperationCase.of(kin, name, variant, arguments);
  }

  private static Tensor normal(int... dims) {
    return RandomTensors.normal(3, dims);
  }

  private static Tensor other(int... dims) {
    return RandomTensors.normal(8, dims);
  }

  /** Elements of which none is nearer than 1/4 to a whole or a half number. */
  private static Tensor betweenKinks(int... dims) {
    Tensor t = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < t.size(); i++) {
      t.put(i, i * 5 % 17 - 8 + 0.25f);
    }
    return t;
  }

  private static Tensor positive(int... dims) {
    Tensor t = RandomTensors.awayFromZero(4, 0.5f, dims);
    for (int i = 0; i < t.size(); i++) {
      t.put(i, Math.abs(t.at(i)));
    }
    return t;
  }

  /** 0, 1, 1, 0, 1, 1, ... */
  private static Tensor pattern(int... dims) {
    Tensor t = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < t.size(); i++) {
      t.put(i, Math.min(1, i % 3));
    }
    return t;
  }

  private static OperationCase.Constant ids(int... dims) {
    Tensor t = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < t.size(); i++) {
      t.put(i, i * i % 5);
    }
    return new OperationCase.Constant(t);
  }

  private static int[] each(int... numbers) {
    return numbers;
  }

  static Stream<OperationCase> cases() {
    return Stream.of(
            elementwise(),
            choices(),
            reductions(),
            softmaxes(),
            arrangements(),
            products(),
            norms(),
            convolutions(),
            recurrent())
        .flatMap(kin -> kin);
  }

  private static Stream<OperationCase> elementwise() {
    Class<?> straight = PiecewiseLinear.class;
    Class<?> power = Powers.class;
    Class<?> scale = Arithmetic.class;
    return Stream.of(
        of(straight, "abs", "one element", betweenKinks(1)),
        of(straight, "abs", "odd sizes", betweenKinks(7, 9)),
        of(straight, "clamp", "one element", betweenKinks(1), -9f, 9f),
        of(straight, "clamp", "odd sizes", betweenKinks(7, 9), -1f, 2.5f),
        of(straight, "clamp", "from below", betweenKinks(7, 9), -2f, INFINITE),
        of(straight, "clamp", "from above", betweenKinks(7, 9), -INFINITE, 3f),
        of(straight, "relu6", "one element", betweenKinks(1)),
        of(straight, "relu6", "odd sizes", betweenKinks(7, 9)),
        of(straight, "hardSigmoid", "one element", betweenKinks(1)),
        of(straight, "hardSigmoid", "odd sizes", betweenKinks(7, 9)),
        of(Swishes.class, "hardSwish", "one element", betweenKinks(1)),
        of(Swishes.class, "hardSwish", "odd sizes", betweenKinks(7, 9)),
        of(Swishes.class, "silu", "one element", normal(1)),
        of(Swishes.class, "silu", "odd sizes", normal(17, 31)),
        of(power, "pow", "square", normal(1), 2.0),
        of(power, "pow", "third", normal(7, 9), 3.0),
        of(power, "pow", "root", positive(7, 9), 0.5),
        of(power, "pow", "constant", normal(7, 9), 0.0),
        of(scale, "scale", "one element", normal(1), 3f),
        of(scale, "scale", "negative", normal(7, 9), -0.5f));
  }

  private static Stream<OperationCase> choices() {
    Class<?> kin = Choices.class;
    Tensor low = betweenKinks(7, 9);
    Tensor high = Tensor.full(Shape.of(9), 0.75f);
    return Stream.of(
        of(kin, "max", "one element", betweenKinks(1), Tensor.zeros(Shape.of(1))),
        of(kin, "max", "broadcast", low, high),
        of(kin, "min", "one element", betweenKinks(1), Tensor.zeros(Shape.of(1))),
        of(kin, "min", "broadcast", high, low),
        of(kin, "where", "one element", pattern(1), normal(1), other(1)),
        of(kin, "where", "odd sizes", pattern(7, 9), normal(7, 9), other(7, 9)),
        of(kin, "where", "broadcast", pattern(5, 1), normal(3, 1, 4), other(1)));
  }

  private static Stream<OperationCase> reductions() {
    Class<?> kin = Reductions.class;
    Reduced stays = Reduced.STAYS;
    Reduced goes = Reduced.GOES;
    return Stream.of(
        of(kin, "max", "several axes", betweenKinks(3, 1, 5), goes, each(2, 0)),
        of(kin, "max", "no axes", betweenKinks(3, 5), goes, each()),
        of(kin, "min", "one element", betweenKinks(1), goes, each(0)),
        of(kin, "min", "several axes, kept", betweenKinks(3, 1, 5), stays, each(0, -1)),
        of(kin, "logSumExp", "one element", normal(1), stays, each(0)),
        of(kin, "logSumExp", "several axes", normal(3, 4, 5), goes, each(0, -1)),
        of(kin, "variance", "two elements", normal(2), goes, each(0)),
        of(kin, "variance", "several axes, kept", normal(3, 4, 5), stays, each(0, 2)));
  }

  private static Stream<OperationCase> softmaxes() {
    Class<?> kin = Softmaxes.class;
    return Stream.of(
        of(kin, "softmax", "axis of one class", normal(1, 1), 1),
        of(kin, "softmax", "first axis", normal(9, 5), 0),
        of(kin, "softmax", "middle axis", normal(3, 9, 5), 1),
        of(kin, "softmax", "last axis", normal(3, 5, 9), -1),
        of(kin, "logSoftmax", "axis of one class", normal(1, 1), 1),
        of(kin, "logSoftmax", "middle axis", normal(3, 9, 5), -2),
        of(kin, "logSoftmax", "last axis", normal(3, 9), 1));
  }

  private static Stream<OperationCase> arrangements() {
    Class<?> order = Reorderings.class;
    Class<?> look = Lookups.class;
    Class<?> shape = Shapes.class;
    return Stream.of(
        of(order, "permute", "scalar", normal(), each()),
        of(order, "permute", "nothing moves", normal(3, 4), each(0, 1)),
        of(order, "permute", "last axis stays", normal(3, 4, 5, 2), each(2, 0, 1, 3)),
        of(order, "permute", "all move", normal(3, 4, 5), each(2, 0, 1)),
        of(order, "reverse", "one element", normal(1), 0),
        of(order, "reverse", "first axis", normal(5, 3, 2), 0),
        of(order, "reverse", "last axis", normal(3, 7), -1),
        of(order, "expand", "one element", normal(1), Shape.of(1, 1)),
        of(order, "expand", "inner axis", normal(3, 1), Shape.of(2, 3, 5)),
        of(look, "select", "one element", normal(1), 0, each(0)),
        of(look, "select", "some twice", normal(3, 5, 2), 1, each(4, 0, 0, -2)),
        of(look, "select", "last axis", normal(3, 5), -1, each(1, 3)),
        of(look, "embedding", "one of all", normal(1, 1), ids(1)),
        of(look, "embedding", "sequences", normal(5, 3), ids(4, 7)),
        of(shape, "squeeze", "one element", normal(1, 1), each(0)),
        of(shape, "squeeze", "two axes", normal(1, 3, 1), each(0, -1)),
        of(shape, "unsqueeze", "scalar", normal(), 0),
        of(shape, "unsqueeze", "last axis", normal(3, 5), -1),
        of(shape, "split", "one part", normal(1), 0, each(1)),
        of(shape, "split", "three parts", normal(3, 7), 1, each(2, 0, 5)));
  }

  private static Stream<OperationCase> products() {
    Class<?> kin = BatchedProducts.class;
    return Stream.of(
        of(kin, "matmul", "one element", normal(1, 1), other(1, 1)),
        of(kin, "matmul", "odd sizes", normal(3, 7, 9), other(3, 9, 5)),
        of(kin, "matmul", "one with many", normal(7, 9), other(3, 9, 5)),
        of(kin, "matmul", "broadcast", normal(3, 1, 2, 4), other(2, 4, 5)),
        of(kin, "transposedMatmul", "one element", normal(1, 1, 1), other(1, 1, 1)),
        of(kin, "transposedMatmul", "odd sizes", normal(3, 9, 7), other(3, 9, 5)));
  }

  private static Stream<OperationCase> norms() {
    Class<?> kin = ExampleNormalizations.class;
    PoolSpec up = PoolSpec.square(3, 2, 1).roundedUp();
    return Stream.of(
        of(kin, "layerNorm", "two features", betweenKinks(2, 1), normal(2), other(2), 0, 0.1),
        of(kin, "layerNorm", "sequence", normal(3, 7, 5), normal(7), other(7), 1, 1e-5),
        of(kin, "layerNorm", "last axes", normal(4, 3, 5), normal(3, 5), other(3, 5), -2, 1e-5),
        of(kin, "groupNorm", "one group", betweenKinks(2, 1), normal(2), other(2), 1, 0.1),
        of(kin, "groupNorm", "images", normal(6, 3, 5, 2), normal(6), other(6), 3, 1e-5),
        of(kin, "groupNorm", "each channel", normal(3, 5, 7), normal(3), other(3), 3, 1e-5),
        of(Poolings.class, "average", "rounded up", normal(3, 4, 6, 3), up, true),
        of(Poolings.class, "max", "rounded up", betweenKinks(1, 4, 4, 1), up));
  }

  private static Stream<OperationCase> convolutions() {
    Class<?> back = TransposedConvolutions.class;
    Class<?> along = SequenceConvolutions.class;
    Conv2dSpec valid = Conv2dSpec.VALID;
    Conv2dSpec odd = valid.withStride(2).withPadding(1, 0, 1, 1).withGroups(2);
    Conv1dSpec one = Conv1dSpec.VALID;
    Conv1dSpec causal = one.withDilation(2).withPadding(4, 0).withGroups(2);
    OperationCase.Pruned filters = everyThird(4, 3, 3, 2);
    OperationCase.Pruned taps = everyThird(6, 2, 1, 3);
    Tensor x = normal(4, 3, 4, 2);
    return Stream.of(
        of(back, "conv2d", "one of all", normal(1, 1, 1, 1), other(1, 1, 1, 1), null, valid, 0, 0),
        of(back, "conv2d", "odd sizes", x, other(4, 3, 3, 2), normal(6), odd, 1, 0),
        of(back, "conv2d", "pruned", x, filters, normal(6), odd, 0, 1),
        of(along, "conv1d", "one of all", normal(1, 1, 1), other(1, 1, 1, 1), null, one),
        of(along, "conv1d", "odd sizes", normal(4, 7, 3), other(6, 2, 1, 3), normal(6), causal),
        of(along, "conv1d", "pruned", normal(4, 7, 3), taps, normal(6), causal));
  }

  private static OperationCase.Pruned everyThird(int... dims) {
    Shape shape = Shape.of(dims);
    boolean[] keep = new boolean[shape.size()];
    for (int i = 0; i < keep.length; i += 3) {
      keep[i] = true;
    }
    SparsePattern pattern = SparsePattern.of(shape, keep);
    return new OperationCase.Pruned(other(pattern.count()), pattern);
  }

  private static Stream<OperationCase> recurrent() {
    Class<?> kin = StatefulRecurrent.class;
    Tensor one = normal(1, 1, 1);
    Tensor x = normal(3, 7, 5);
    Tensor h = other(3, 5);
    Tensor c = normal(3, 5);
    OperationCase.Pruned four = everyThird(12, 10);
    OperationCase.Pruned three = everyThird(9, 10);
    return Stream.of(
        of(kin, "lstm", "one of all", one, whole(4, 2), normal(4), 1f, other(1, 1), normal(1, 1)),
        of(kin, "lstm", "odd sizes", x, whole(12, 10), normal(12), 0f, h, c),
        of(kin, "lstm", "pruned", x, four, normal(12), 0f, h, c),
        of(kin, "gru", "one of all", one, whole(3, 2), normal(3), other(1, 1)),
        of(kin, "gru", "odd sizes", x, whole(9, 10), normal(9), h),
        of(kin, "gru", "pruned", x, three, normal(9), h),
        of(kin, "gruResetAfter", "one of all", one, whole(3, 2), normal(4), other(1, 1)),
        of(kin, "gruResetAfter", "odd sizes", x, whole(9, 10), normal(12), h),
        of(kin, "gruResetAfter", "pruned", x, three, normal(12), h));
  }

  /** A weight all of whose elements exist. */
  private static OperationCase.Pruned whole(int... dims) {
    Tensor w = other(dims);
    for (int i = 0; i < w.size(); i++) {
      w.put(i, 0.4f * w.at(i));
    }
    return new OperationCase.Pruned(w, Structure.whole(w.shape()));
  }
}
