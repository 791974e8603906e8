package io.github.snip4j.autograd.op;

import static io.github.snip4j.core.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.GradCheck;
import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.internal.conv.Filters;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolution, pooling and batch norm against central differences and against PyTorch. */
class ImageOperationsTest {
  private static final double TOLERANCE = 1e-5;
  private static final double EPS = 1e-5; // as in the script that made the reference values

  private static Tensor normal(int... dims) {
    return RandomTensors.normal(3, dims);
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

  private static Arguments of(
      String name, Function<List<Variable>, Variable> operation, Tensor... inputs) {
    return Arguments.argumentSet(name, operation, inputs);
  }

  private static Arguments conv2d(String name, Conv2dSpec spec, Tensor x, Tensor w) {
    Tensor b = normal(w.shape().dim(0));
    return of(name, v -> Convolutions.conv2d(v.get(0), v.get(1), v.get(2), spec), x, w, b);
  }

  static Stream<Arguments> cases() {
    Conv2dSpec valid = Conv2dSpec.VALID;
    return Stream.of(
        conv2d("conv2d, one of all", valid, normal(1, 1, 1, 1), normal(1, 1, 1, 1)),
        conv2d("conv2d", valid.withPadding(1), normal(3, 5, 7, 4), normal(2, 3, 3, 3)),
        conv2d(
            "conv2d, all of it",
            valid.withStride(2).withDilation(2).withGroups(2).withPadding(0, 3, 2, 1),
            normal(4, 9, 11, 3),
            normal(6, 2, 3, 2)),
        of(
            "conv2d without a bias",
            v -> Convolutions.conv2d(v.get(0), v.get(1), null, valid),
            normal(2, 5, 5, 9),
            normal(3, 2, 5, 5)),
        of(
            "maximum, one element",
            v -> Poolings.max(v.get(0), PoolSpec.square(1)),
            normal(1, 1, 1, 1)),
        of("maximum", v -> Poolings.max(v.get(0), PoolSpec.square(2)), apart(3, 7, 6, 5)),
        of(
            "maximum, overlapping and padded",
            v -> Poolings.max(v.get(0), PoolSpec.square(3, 2, 1)),
            apart(2, 7, 8, 3)),
        of(
            "average, one element",
            v -> Poolings.average(v.get(0), PoolSpec.square(1), true),
            normal(1, 1, 1, 1)),
        of(
            "average, overlapping and padded",
            v -> Poolings.average(v.get(0), PoolSpec.square(3, 2, 1), true),
            normal(2, 7, 8, 3)),
        of(
            "average, padding not counted",
            v -> Poolings.average(v.get(0), PoolSpec.square(3, 2, 1), false),
            normal(2, 7, 8, 3)),
        of("global average", v -> Poolings.globalAverage(v.get(0)), normal(3, 5, 7, 4)),
        of("global average, one", v -> Poolings.globalAverage(v.get(0)), normal(1, 1, 1, 1)),
        batchNorm("batch norm of vectors", normal(3, 9)),
        batchNorm("batch norm of images", normal(2, 3, 5, 4)),
        of(
            "batch norm by given statistics",
            v ->
                Normalizations.batchNorm(
                    v.get(0),
                    v.get(1),
                    v.get(2),
                    Tensor.of(Shape.of(2), 0.5f, -1),
                    Tensor.of(Shape.of(2), 2, 0.5f),
                    EPS),
            normal(2, 3, 5, 1),
            normal(2),
            normal(2)));
  }

  private static Arguments batchNorm(String name, Tensor x) {
    Tensor perChannel = normal(x.shape().dim(0));
    return of(
        name,
        v -> Normalizations.batchNorm(v.get(0), v.get(1), v.get(2), EPS).y(),
        x,
        perChannel,
        perChannel);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAgreeWithDifferences(
      Function<List<Variable>, Variable> operation, Tensor[] inputs) {
    for (long seed = 0; seed < 3; seed++) {
      GradCheck.check(1e-3, operation, new Seed(seed), inputs);
    }
  }

  static Stream<Arguments> convolutions() {
    Conv2dSpec valid = Conv2dSpec.VALID;
    return Stream.of(
        Arguments.of("conv2d", valid.withPadding(1)),
        Arguments.of("conv2d_stride2", valid.withStride(2).withPadding(2)),
        Arguments.of("conv2d_valid", valid),
        Arguments.of("conv2d_dilated", valid.withDilation(2).withPadding(2)),
        Arguments.of("conv2d_groups", valid.withGroups(2).withPadding(1)),
        Arguments.of("conv2d_1x1_stride2", valid.withStride(2)));
  }

  @Test
  void onlyWhereNoGradientIsAskedForAreFewExamplesComputedInAnotherWay() {
    Conv2dSpec spec = Conv2dSpec.VALID.withPadding(1);
    Tensor x = normal(9, 4, 4, 2);
    Tensor w = normal(8, 9, 3, 3);
    Filters filters = Filters.of(Structure.whole(w.shape()), w, spec);
    Tensor forward = filters.forward(x, null);
    Variable constant = Variable.constant(w);
    for (Variable y :
        List.of(
            Convolutions.conv2d(Variable.constant(x), Variable.leaf(w), null, spec),
            Convolutions.conv2d(Variable.leaf(x), constant, null, spec))) {
      assertThat(y.value().toArray()).isEqualTo(forward.toArray());
    }
    Tensor answer = Convolutions.conv2d(Variable.constant(x), constant, null, spec).value();
    assertThat(answer.toArray()).isEqualTo(filters.answer(x, null).toArray());
    assertClose(answer, forward, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolutionsMatchPyTorch(String name, Conv2dSpec spec) {
    Golden golden = Golden.of(name);
    Variable x = Variable.leaf(golden.batchLast("x"));
    Variable w = Variable.leaf(golden.tensor("w"));
    Variable b = Variable.leaf(golden.tensor("b"));
    Variable y = Convolutions.conv2d(x, w, b, spec);
    Gradients gradients = y.backward(golden.batchLast("dy"));
    assertClose(y.value(), golden.batchLast("y"), TOLERANCE);
    assertClose(gradients.of(x), golden.batchLast("d_x"), TOLERANCE);
    assertClose(gradients.of(w), golden.tensor("d_w"), TOLERANCE);
    assertClose(gradients.of(b), golden.tensor("d_b"), TOLERANCE);
  }

  static Stream<Arguments> poolings() {
    UnaryOperator<Variable> max = x -> Poolings.max(x, PoolSpec.square(2));
    UnaryOperator<Variable> overlapping = x -> Poolings.max(x, PoolSpec.square(3, 2, 1));
    UnaryOperator<Variable> average = x -> Poolings.average(x, PoolSpec.square(2), true);
    UnaryOperator<Variable> global = Poolings::globalAverage;
    return Stream.of(
        Arguments.of("max_pool2d", max),
        Arguments.of("max_pool2d_3s2p1", overlapping),
        Arguments.of("avg_pool2d", average),
        Arguments.of("global_avg_pool", global));
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void poolingsMatchPyTorch(String name, UnaryOperator<Variable> operation) {
    Golden golden = Golden.of(name);
    Variable x = Variable.leaf(golden.batchLast("x"));
    Variable y = operation.apply(x);
    assertClose(y.value(), golden.batchLast("y"), TOLERANCE);
    Tensor dx = y.backward(golden.batchLast("dy")).of(x);
    assertClose(dx, golden.batchLast("d_x"), TOLERANCE);
  }

  static Stream<Arguments> batchNorms() {
    return Stream.of(
        Arguments.of("batch_norm1d_train", true),
        Arguments.of("batch_norm2d_train", true),
        Arguments.of("batch_norm2d_eval", false));
  }

  @ParameterizedTest
  @MethodSource("batchNorms")
  void batchNormsMatchPyTorch(String name, boolean training) {
    Golden golden = Golden.of(name);
    Variable x = Variable.leaf(golden.batchLast("x"));
    Variable w = Variable.leaf(golden.tensor("w"));
    Variable b = Variable.leaf(golden.tensor("b"));
    Variable y =
        training
            ? Normalizations.batchNorm(x, w, b, EPS).y()
            : Normalizations.batchNorm(
                x, w, b, golden.tensor("running_mean"), golden.tensor("running_var"), EPS);
    Gradients gradients = y.backward(golden.batchLast("dy"));
    assertClose(y.value(), golden.batchLast("y"), TOLERANCE);
    assertClose(gradients.of(x), golden.batchLast("d_x"), TOLERANCE);
    assertClose(gradients.of(w), golden.tensor("d_w"), TOLERANCE);
    assertClose(gradients.of(b), golden.tensor("d_b"), TOLERANCE);
  }

  @Test
  void batchNormComputesItsGradientsAnewForAnotherUpstream() {
    Variable x = Variable.leaf(normal(2, 5));
    Variable scale = Variable.leaf(normal(2));
    Variable shift = Variable.leaf(normal(2));
    Variable y = Normalizations.batchNorm(x, scale, shift, EPS).y();
    assertThat(y.backward(Tensor.full(y.shape(), 1)).of(shift).toArray()).containsOnly(5);
    assertThat(y.backward(Tensor.full(y.shape(), 2)).of(shift).toArray()).containsOnly(10);
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    Variable x = Variable.constant(normal(3, 5, 5, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Convolutions.conv2d(
                    x, Variable.constant(normal(4, 2, 3, 3)), null, Conv2dSpec.VALID))
        .withMessageStartingWith("conv2d: x [3, 5, 5, 2], w [4, 2, 3, 3], groups 1: 3 channels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Poolings.max(x, PoolSpec.square(6)))
        .withMessage("max pooling: windows of 6x6 do not fit into x [3, 5, 5, 2]");
    Variable four = Variable.constant(normal(4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normalizations.batchNorm(x, four, four, EPS))
        .withMessageContaining("x [3, 5, 5, 2]: scale [4]");
  }
}
