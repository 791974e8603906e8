package io.github.snip4j.autograd.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reductions.Reduced;
import io.github.snip4j.core.conv.Conv1dSpec;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What operations refuse, and what they do at the edges. */
class RefusalsTest {
  private static Variable zeros(int... dims) {
    return Variable.constant(Tensor.zeros(Shape.of(dims)));
  }

  private static void refused(String sentence, ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(sentence);
  }

  @Test
  void boundsInTheWrongOrder() {
    refused(
        "clamp: from 2.0 to 1.0: expected bounds in this order",
        () -> PiecewiseLinear.clamp(zeros(3), 2, 1));
    refused(
        "clamp: from NaN to 1.0: expected bounds in this order",
        () -> PiecewiseLinear.clamp(zeros(3), Float.NaN, 1));
  }

  @Test
  void lengthsThatCannotBeRepeated() {
    refused("max: [3] and [4]: axis -1 is 3 and 4", () -> Choices.max(zeros(3), zeros(4)));
    refused("min: [3] and [4]: axis -1 is 3 and 4", () -> Choices.min(zeros(3), zeros(4)));
    refused(
        "where: [2, 3] and [2]: axis -1 is 3 and 2",
        () -> Choices.where(Tensor.zeros(Shape.of(2)), zeros(2, 3), zeros(3)));
    refused(
        "expand: [2, 3] to [1, 3]: expected a shape that x can be repeated to",
        () -> Reorderings.expand(zeros(2, 3), Shape.of(1, 3)));
  }

  @Test
  void axesThatThereAreNot() {
    refused("shape [2, 3] has no axis 2", () -> Softmaxes.softmax(zeros(2, 3), 2));
    refused("shape [2, 3] has no axis -3", () -> Softmaxes.logSoftmax(zeros(2, 3), -3));
    refused(
        "axes [0, -2] of [2, 3]: -2 is named twice",
        () -> Reductions.max(zeros(2, 3), Reduced.GOES, 0, -2));
    refused(
        "permute: order [0, 0] of [2, 3]: expected each axis from 0 to 1 once",
        () -> Reorderings.permute(zeros(2, 3), 0, 0));
    refused("shape [3] has no axis 1", () -> Reorderings.reverse(zeros(3), 1));
    refused(
        "squeeze: axis 1 of [1, 3]: expected length 1", () -> Shapes.squeeze(zeros(1, 3), 0, 1));
    refused(
        "split: axis 1 of [2, 3] into [2, 2]: expected lengths that add up to its own",
        () -> Shapes.split(zeros(2, 3), 1, 2, 2));
  }

  @Test
  void placesAndRowsThatThereAreNot() {
    refused(
        "select: axis 1 of [2, 3] has no place 3: expected numbers from -3 to 2",
        () -> Lookups.select(zeros(2, 3), 1, 0, 3));
    refused(
        "embedding: table [3], ids [2]: expected table [V, E], ids [..., N]",
        () -> Lookups.embedding(zeros(3), zeros(2)));
    for (float id : new float[] {-1, 3, 0.5f, Float.NaN}) {
      refused(
          ("embedding: id " + id + " at 1 is no row of the table [3, 2]")
              + ": expected whole numbers from 0 to 2",
          () -> Lookups.embedding(zeros(3, 2), Variable.constant(Tensor.of(Shape.of(2), 1, id))));
    }
  }

  @Test
  void productsThatDoNotFit() {
    refused(
        "matmul: [4, 2, 3] x [4, 2, 3]: inner dimensions 3 and 2 differ",
        () -> BatchedProducts.matmul(zeros(4, 2, 3), zeros(4, 2, 3)));
    refused(
        "matmul: [4, 2, 3]^T x [5, 2, 3]: axis -3 is 4 and 5",
        () -> BatchedProducts.transposedMatmul(zeros(4, 2, 3), zeros(5, 2, 3)));
    refused(
        "matmul: [3] x [3, 2]: both must have two axes at least",
        () -> BatchedProducts.matmul(zeros(3), zeros(3, 2)));
  }

  @Test
  void normalizationsThatDoNotFit() {
    refused(
        "layer norm: x [4, 5], scale [5], shift [5]: expected the lengths of x from axis 0 on,"
            + " none of them 0",
        () -> ExampleNormalizations.layerNorm(zeros(4, 5), zeros(5), zeros(5), 0, 1e-5));
    refused(
        "group norm: x [4, 5], scale [4], shift [4], 3 groups: expected x [C, ..., N] with a"
            + " pixel at least, scale and shift [C], and groups that divide C",
        () -> ExampleNormalizations.groupNorm(zeros(4, 5), zeros(4), zeros(4), 3, 1e-5));
  }

  @Test
  void convolutionsThatDoNotFit() {
    Conv2dSpec two = Conv2dSpec.VALID.withStride(2);
    refused(
        "transposed conv2d: x [3, 4, 4, 1], w [2, 3, 3, 3], groups 1: expected x [C, H, W, N],"
            + " w [C, O/groups, kH, kW] and groups that divide C",
        () -> TransposedConvolutions.conv2d(zeros(3, 4, 4, 1), zeros(2, 3, 3, 3), null, two, 0, 0));
    refused(
        "transposed conv2d: x [2, 4, 4, 1], w [2, 3, 3, 3], b [2], groups 1: expected b [3]",
        () ->
            TransposedConvolutions.conv2d(
                zeros(2, 4, 4, 1), zeros(2, 3, 3, 3), zeros(2), two, 0, 0));
    refused(
        "transposed conv2d: x [2, 4, 4, 1], w [2, 3, 3, 3], groups 1: 2 rows and 0 columns more:"
            + " expected 0 or more, and less than the stride 2x2",
        () -> TransposedConvolutions.conv2d(zeros(2, 4, 4, 1), zeros(2, 3, 3, 3), null, two, 2, 0));
    refused(
        "transposed conv2d: x [2, 1, 1, 1], w [2, 3, 3, 3], groups 1: nothing is left of y, -1x-1",
        () ->
            TransposedConvolutions.conv2d(
                zeros(2, 1, 1, 1), zeros(2, 3, 3, 3), null, two.withPadding(2), 0, 0));
    refused(
        "conv1d: x [2, 4], w [2, 3, 3, 3]: expected x [C, L, N] and w [O, C/groups, 1, K]",
        () -> SequenceConvolutions.conv1d(zeros(2, 4), zeros(2, 3, 3, 3), null, Conv1dSpec.VALID));
  }

  @Test
  void nanShows() {
    Variable nan = Variable.constant(Tensor.of(Shape.of(2), Float.NaN, 1));
    Variable one = Variable.constant(Tensor.of(Shape.of(2), 2, 2));
    assertThat(Choices.max(nan, one).value().toArray()).containsExactly(Float.NaN, 2);
    assertThat(Choices.min(one, nan).value().toArray()).containsExactly(Float.NaN, 1);
    assertThat(PiecewiseLinear.relu6(nan).value().toArray()).containsExactly(Float.NaN, 1);
    assertThat(Swishes.hardSwish(nan).value().at(0)).isNaN();
  }

  @Test
  void whatIsNotChosenMayBeInfinite() {
    Variable a = Variable.leaf(Tensor.of(Shape.of(2), 1, Float.POSITIVE_INFINITY));
    Variable b = Variable.leaf(Tensor.of(Shape.of(2), Float.NaN, 5));
    Variable y = Choices.where(Tensor.of(Shape.of(2), 1, 0), a, b);
    assertThat(y.value().toArray()).containsExactly(1, 5);
    assertThat(y.backward(Tensor.of(Shape.of(2), 3, 4)).of(b).toArray()).containsExactly(0, 4);
  }

  @Test
  void logSumExpOfInfinities() {
    float low = Float.NEGATIVE_INFINITY;
    Variable x = Variable.constant(Tensor.of(Shape.of(2, 2), low, low, 0, Float.POSITIVE_INFINITY));
    assertThat(Reductions.logSumExp(x, Reduced.GOES, 1).value().toArray())
        .containsExactly(low, Float.POSITIVE_INFINITY);
  }

  @Test
  void longColumnsKeepTheirDigits() { // a sum of a million floats one by one loses three of them
    int rows = 1 << 20;
    Tensor x = Tensor.zeros(Shape.of(rows, 1));
    for (int i = 0; i < rows; i++) {
      x.put(i, 1000 + i % 2);
    }
    Variable one = Variable.constant(Tensor.full(Shape.of(rows), 1f));
    Variable none = Variable.constant(Tensor.zeros(Shape.of(rows)));
    Tensor y = ExampleNormalizations.layerNorm(Variable.constant(x), one, none, 0, 1e-9).value();
    assertThat(y.at(0)).isBetween(-1.001f, -0.999f);
    assertThat(y.at(rows - 1)).isBetween(0.999f, 1.001f);
  }
}
