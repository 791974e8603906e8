package io.github.snip4j.autograd.op;

import static io.github.snip4j.core.testing.Golden.assertClose;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reductions.Reduced;
import io.github.snip4j.core.conv.Conv1dSpec;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients of further operations against PyTorch's in double precision. */
class GoldenOperationsTest {
  private static final double TOLERANCE = 1e-5;

  /**
   * One case.
   *
   * @param inputs the names of what the operation takes
   * @param images whether all tensors with four axes but w are PyTorch's images, the batch first
   */
  private record Case(
      String name, boolean images, Function<List<Variable>, Variable> f, List<String> inputs) {
    Tensor tensor(String tensor) {
      Golden golden = Golden.of(name);
      boolean image = images && !tensor.endsWith("w") && golden.tensor(tensor).shape().rank() == 4;
      return image ? golden.batchLast(tensor) : golden.tensor(tensor);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(String name, Function<List<Variable>, Variable> f, String... inputs) {
    return new Case(name, false, f, List.of(inputs));
  }

  private static Case ofImages(
      String name, Function<List<Variable>, Variable> f, String... inputs) {
    return new Case(name, true, f, List.of(inputs));
  }

  static Stream<Case> elementwise() {
    return Stream.of(
        of("clamp", in -> PiecewiseLinear.clamp(in.get(0), -1.5f, 2), "x"),
        of("relu6", in -> PiecewiseLinear.relu6(in.get(0)), "x"),
        of("hard_sigmoid", in -> PiecewiseLinear.hardSigmoid(in.get(0)), "x"),
        of("abs", in -> PiecewiseLinear.abs(in.get(0)), "x"),
        of("hard_swish", in -> Swishes.hardSwish(in.get(0)), "x"),
        of("silu", in -> Swishes.silu(in.get(0)), "x"),
        of("pow_square", in -> Powers.pow(in.get(0), 2), "x"),
        of("pow_third", in -> Powers.pow(in.get(0), 3), "x"),
        of("pow_root", in -> Powers.pow(in.get(0), -0.5), "x"),
        of("max_of_two", in -> Choices.max(in.get(0), in.get(1)), "a", "b"),
        of("min_of_two", in -> Choices.min(in.get(0), in.get(1)), "a", "b"));
  }

  static Stream<Case> alongAxes() {
    return Stream.of(
        of("softmax_middle", in -> Softmaxes.softmax(in.get(0), 1), "x"),
        of("softmax_last", in -> Softmaxes.softmax(in.get(0), -1), "x"),
        of("log_softmax_middle", in -> Softmaxes.logSoftmax(in.get(0), 1), "x"),
        of("max_axes", in -> Reductions.max(in.get(0), Reduced.GOES, 0, 2), "x"),
        of("min_axes", in -> Reductions.min(in.get(0), Reduced.GOES, 0, 2), "x"),
        of("log_sum_exp", in -> Reductions.logSumExp(in.get(0), Reduced.GOES, 0, 2), "x"),
        of("variance_axes", in -> Reductions.variance(in.get(0), Reduced.GOES, 0, 2), "x"),
        of("batched_matmul", in -> BatchedProducts.matmul(in.get(0), in.get(1)), "a", "b"),
        of(
            "batched_matmul_transposed",
            in -> BatchedProducts.transposedMatmul(in.get(0), in.get(1)),
            "a",
            "b"));
  }

  static Stream<Case> normalizations() {
    return Stream.of(
        of("layer_norm", in -> layerNorm(in, 1), "x", "w", "b"),
        of("layer_norm_last", in -> layerNorm(in, -2), "x", "w", "b"),
        ofImages("group_norm", in -> groupNorm(in, 3), "x", "w", "b"),
        ofImages("instance_norm", in -> groupNorm(in, 4), "x", "w", "b"));
  }

  private static Variable layerNorm(List<Variable> in, int first) {
    return ExampleNormalizations.layerNorm(in.get(0), in.get(1), in.get(2), first, 1e-5);
  }

  private static Variable groupNorm(List<Variable> in, int groups) {
    return ExampleNormalizations.groupNorm(in.get(0), in.get(1), in.get(2), groups, 1e-5);
  }

  static Stream<Case> poolings() {
    PoolSpec up = PoolSpec.square(3, 2, 1).roundedUp();
    PoolSpec uneven = new PoolSpec(3, 2, 2, 3, 1, 1, 1, 1, true);
    return Stream.of(
        ofImages("max_pool2d_ceil", in -> Poolings.max(in.get(0), up), "x"),
        ofImages("avg_pool2d_ceil", in -> Poolings.average(in.get(0), up, true), "x"),
        ofImages("avg_pool2d_uncounted", in -> Poolings.average(in.get(0), uneven, false), "x"));
  }

  static Stream<Case> convolutions() {
    Conv2dSpec back = new Conv2dSpec(2, 3, 1, 2, 2, 1, 1, 0, 0);
    Conv1dSpec along = new Conv1dSpec(2, 2, 2, 3, 3);
    return Stream.of(
        new Case(
            "conv_transpose2d",
            true,
            in -> TransposedConvolutions.conv2d(in.get(0), in.get(1), in.get(2), back, 1, 2),
            List.of("x", "w", "b")),
        of(
            "conv1d",
            in -> SequenceConvolutions.conv1d(in.get(0), in.get(1), in.get(2), along),
            "x",
            "w",
            "b"));
  }

  @ParameterizedTest
  @MethodSource({"elementwise", "alongAxes", "normalizations", "poolings", "convolutions"})
  void valuesAndGradients(Case c) {
    check(c);
  }

  @Test
  void where() {
    Tensor condition = floats(Golden.of("where"), "condition", 5, 6);
    check(of("where", in -> Choices.where(condition, in.get(0), in.get(1)), "a", "b"));
  }

  @Test
  void select() {
    int[] index = Golden.of("select").ints("index");
    check(of("select", in -> Lookups.select(in.get(0), 1, index), "x"));
  }

  @Test
  void embedding() {
    Variable ids = Variable.constant(floats(Golden.of("embedding"), "ids", 5, 4));
    check(of("embedding", in -> Lookups.embedding(in.get(0), ids), "table"));
  }

  private static Tensor floats(Golden golden, String name, int... dims) {
    int[] ints = golden.ints(name);
    Tensor t = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < ints.length; i++) {
      t.put(i, ints[i]);
    }
    return t;
  }

  private static void check(Case c) {
    List<Variable> leaves = new ArrayList<>();
    for (String input : c.inputs) {
      leaves.add(Variable.leaf(c.tensor(input)));
    }
    Variable y = c.f.apply(leaves);
    assertClose(y.value(), c.tensor("y"), TOLERANCE);
    Gradients gradients = y.backward(c.tensor("dy"));
    for (int i = 0; i < c.inputs.size(); i++) {
      assertClose(gradients.of(leaves.get(i)), c.tensor("d_" + c.inputs.get(i)), TOLERANCE);
    }
  }
}
