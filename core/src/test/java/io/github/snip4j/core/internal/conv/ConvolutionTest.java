package io.github.snip4j.core.internal.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.internal.naive.NaiveConvolution;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.core.testing.BothKernels;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ConvolutionTest {
  static final List<String> NAMES = BothKernels.NAMES;
  private static final Conv2dSpec VALID = Conv2dSpec.VALID;

  /** Input {@code [C, H, W, N]}, filters, and how they move. */
  record Case(int c, int h, int w, int n, int o, int kernelH, int kernelW, Conv2dSpec spec) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int n : new int[] {1, 7, 16, 33}) {
      cases.add(new Case(3, 5, 6, n, 4, 3, 3, VALID.withPadding(1)));
      cases.add(new Case(16, 4, 4, n, 17, 3, 3, VALID.withPadding(1)));
      cases.add(new Case(2, 7, 9, n, 9, 5, 3, VALID));
      cases.add(new Case(4, 9, 7, n, 8, 3, 3, VALID.withStride(2).withPadding(1)));
      cases.add(new Case(4, 8, 8, n, 5, 3, 3, VALID.withStride(2).withSamePadding(8, 8, 3, 3)));
      cases.add(new Case(5, 8, 9, n, 6, 1, 1, VALID.withStride(2)));
      cases.add(new Case(5, 3, 4, n, 6, 1, 1, VALID));
      cases.add(new Case(4, 9, 9, n, 6, 3, 3, VALID.withDilation(2).withPadding(2)));
      cases.add(new Case(4, 9, 9, n, 6, 3, 3, VALID.withDilation(2).withStride(2).withPadding(2)));
      cases.add(new Case(20, 9, 9, n, 6, 2, 3, VALID.withDilation(3).withStride(2)));
      cases.add(new Case(6, 5, 5, n, 4, 3, 3, VALID.withGroups(2).withPadding(1)));
      cases.add(new Case(6, 5, 5, n, 6, 3, 3, VALID.withGroups(6).withPadding(1)));
      cases.add(new Case(3, 6, 7, n, 2, 3, 2, VALID.withPadding(2, 0, 1, 3).withStride(3)));
      cases.add(new Case(1, 4, 5, n, 3, 2, 2, new Conv2dSpec(3, 2, 1, 2, 1, 1, 0, 0, 2)));
      cases.add(new Case(1, 1, 1, n, 1, 1, 1, VALID));
      cases.add(new Case(9, 2, 2, n, 10, 3, 3, VALID.withPadding(1))); // mostly padding
      cases.add(new Case(17, 2, 3, n, 8, 3, 3, VALID.withDilation(2).withPadding(2)));
      cases.add(new Case(8, 2, 2, n, 9, 5, 5, VALID.withStride(2).withPadding(3)));
      cases.add(new Case(16, 1, 2, n, 3, 3, 3, VALID.withPadding(3))); // some rows see nothing
      for (int channels : new int[] {16, 31, 32}) { // each way of ChannelsLast
        cases.add(new Case(channels, 4, 5, n, 9, 1, 1, VALID));
        cases.add(new Case(channels, 5, 6, n, 3, 1, 1, VALID.withStride(2).withPadding(1)));
        cases.add(new Case(channels, 4, 5, n, 3, 3, 3, VALID.withPadding(1)));
        cases.add(
            new Case(channels, 6, 7, n, 2, 3, 2, VALID.withPadding(2, 0, 1, 3).withStride(3)));
        cases.add(new Case(channels, 5, 6, n, 2, 3, 3, VALID.withDilation(2).withPadding(2)));
        cases.add(new Case(2 * channels, 3, 3, n, 4, 2, 2, VALID.withGroups(2)));
      }
    }
    for (int n : new int[] {1, 3, 8}) { // few examples
      cases.add(new Case(8, 2, 2, n, 10, 3, 3, VALID.withPadding(1)));
      cases.add(new Case(9, 4, 4, n, 33, 3, 3, VALID.withPadding(1)));
      cases.add(new Case(6, 7, 5, n, 20, 3, 3, VALID.withGroups(2).withPadding(1)));
      cases.add(new Case(5, 9, 9, n, 16, 3, 3, VALID.withStride(2).withPadding(1)));
      cases.add(new Case(3, 8, 8, n, 8, 2, 3, new Conv2dSpec(3, 2, 1, 2, 1, 1, 0, 2, 1)));
      cases.add(new Case(7, 16, 16, n, 9, 1, 1, VALID));
    }
    cases.add(new Case(18, 3, 2, 100, 9, 3, 3, VALID.withPadding(1)));
    cases.add(new Case(18, 2, 3, 128, 9, 3, 3, VALID.withPadding(1)));
    cases.add(new Case(32, 6, 6, 32, 72, 3, 3, VALID.withPadding(1))); // several blocks
    return cases;
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void valueAndGradientsAreThoseOfTheDefinition(String name) {
    Kernels kernels = BothKernels.orSkip(name);
    Workspace workspace = new Workspace();
    for (Case c : cases()) {
      Tensor x = RandomTensors.normal(1, c.c, c.h, c.w, c.n);
      Tensor w = RandomTensors.normal(2, c.o, c.c / c.spec.groups(), c.kernelH, c.kernelW);
      Tensor b = RandomTensors.normal(3, c.o);
      Tensor naive = NaiveConvolution.forward(x, w, b, c.spec);
      Tensor dy = RandomTensors.normal(4, naive.shape().toArray());
      Tensor naiveDx = NaiveConvolution.inputGradient(dy, w, x.shape(), c.spec);
      Tensor naiveDw = NaiveConvolution.weightGradient(dy, x, w.shape(), c.spec);
      for (int again = 0; again < 2; again++) { // the second time in arrays that are not clean
        workspace.run(
            () -> {
              Filters filters = new DenseFilters(kernels.taps(), w, c.spec);
              close(filters.forward(x, b), naive, c);
              close(filters.answer(x, b), naive, c);
              close(filters.inputGradient(dy, x.shape()), naiveDx, c);
              close(filters.weightGradient(dy, x), naiveDw, c);
              return c;
            });
      }
    }
  }

  @Test
  void answersToFewExamplesHaveTheSameBitsForAnyNumberOfThreads() {
    Tensor x = RandomTensors.normal(1, 64, 8, 8, 2);
    Filters filters = filters(RandomTensors.normal(2, 130, 64, 3, 3), VALID.withPadding(1));
    float[] alone = Parallel.withOwnThreads(1, () -> filters.answer(x, null).toArray());
    float[] shared = Parallel.withOwnThreads(3, () -> filters.answer(x, null).toArray());
    assertThat(shared).isEqualTo(alone);
  }

  /** To the rounding of sums of a few thousand products of standard normal numbers. */
  private static void close(Tensor actual, Tensor expected, Case c) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < actual.size(); i++) {
      float e = expected.at(i);
      if (!(Math.abs(actual.at(i) - e) <= 5e-5 + 2e-6 * Math.abs(e))) {
        throw new AssertionError(c + ": element " + i + ": " + actual.at(i) + ", not " + e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "conv2d, 1, 1, 1, 1",
    "conv2d_stride2, 2, 2, 1, 1",
    "conv2d_valid, 1, 0, 1, 1",
    "conv2d_dilated, 1, 2, 2, 1",
    "conv2d_groups, 1, 1, 1, 2",
    "conv2d_1x1_stride2, 2, 0, 1, 1"
  })
  void matchesPyTorch(String name, int stride, int padding, int dilation, int groups) {
    Golden golden = Golden.of(name);
    Conv2dSpec spec =
        VALID.withStride(stride).withPadding(padding).withDilation(dilation).withGroups(groups);
    Tensor x = golden.batchLast("x");
    Tensor w = golden.tensor("w");
    Tensor dy = golden.batchLast("dy");
    Filters filters = filters(w, spec);
    Golden.assertClose(filters.forward(x, golden.tensor("b")), golden.batchLast("y"), 1e-5);
    Golden.assertClose(filters.inputGradient(dy, x.shape()), golden.batchLast("d_x"), 1e-5);
    Golden.assertClose(filters.weightGradient(dy, x), golden.tensor("d_w"), 1e-5);
  }

  static Filters filters(Tensor w, Conv2dSpec spec) {
    return Filters.of(Structure.whole(w.shape()), w, spec);
  }

  @Test
  void samePaddingIsTensorFlows() {
    Conv2dSpec even = VALID.withStride(2).withSamePadding(32, 32, 3, 3);
    assertThat(even).isEqualTo(new Conv2dSpec(2, 2, 1, 1, 1, 0, 1, 0, 1));
    assertThat(VALID.withSamePadding(28, 28, 5, 5)).isEqualTo(VALID.withPadding(2));
    assertThat(VALID.withStride(2).withSamePadding(9, 9, 1, 1).outputHeight(9, 1)).isEqualTo(5);
  }

  @Test
  void wrongShapesAreNamed() {
    Tensor x = Tensor.zeros(Shape.of(4, 5, 5, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filters(Tensor.zeros(Shape.of(6, 3, 3, 3)), VALID).forward(x, null))
        .withMessage(
            "conv2d: x [4, 5, 5, 2], w [6, 3, 3, 3], groups 1: 4 channels in 1 groups take filters"
                + " of C/groups channels, and O must be a multiple of groups");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filters(Tensor.zeros(Shape.of(6, 4, 7, 7)), VALID).forward(x, null))
        .withMessageContaining("the filter is larger than the padded image");
    Tensor w = Tensor.zeros(Shape.of(6, 4, 3, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filters(w, VALID).forward(x, Tensor.zeros(Shape.of(4))))
        .withMessage("conv2d: bias [4]: expected [6], one per output channel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filters(w, VALID).inputGradient(x, x.shape()))
        .withMessage("conv2d: gradient [4, 5, 5, 2]: expected [6, 3, 3, 2], the output's shape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VALID.withStride(0))
        .withMessage("conv2d: stride 0: expected 1 or more");
  }
}
