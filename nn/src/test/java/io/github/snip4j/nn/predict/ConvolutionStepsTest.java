package io.github.snip4j.nn.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.internal.naive.NaiveConvolution;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.BothKernels;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The three ways to compute a convolution of one example. */
class ConvolutionStepsTest {
  static final List<String> NAMES = BothKernels.NAMES;
  private static final Conv2dSpec VALID = Conv2dSpec.VALID;
  private static final Conv2dSpec SAME = VALID.withPadding(1);

  /** A picture, the filters {@code [O, C/groups, kH, kW]}, and how they move. */
  record Case(int h, int w, Shape filters, Conv2dSpec spec) {
    int channels() {
      return filters.dim(1) * spec.groups();
    }

    PaddedPhases layout() {
      return new PaddedPhases(channels(), h, w, filters.dim(2), filters.dim(3), spec);
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int size : new int[] {1, 2, 3, 4, 7, 8, 9, 16, 17, 33}) {
      cases.add(new Case(size, size, Shape.of(9, 3, 3, 3), SAME));
      cases.add(new Case(size, size, Shape.of(33, 31, 1, 1), VALID)); // more than one strip
      cases.add(new Case(size, 2 * size, Shape.of(5, 2, 3, 3), SAME.withStride(2)));
    }
    cases.add(new Case(6, 5, Shape.of(130, 65, 3, 3), SAME)); // blocks of filters and of taps
    cases.add(new Case(9, 11, Shape.of(6, 4, 3, 2), new Conv2dSpec(2, 3, 1, 1, 2, 1, 0, 2, 1)));
    cases.add(new Case(9, 11, Shape.of(6, 4, 3, 2), new Conv2dSpec(1, 2, 2, 1, 1, 0, 2, 0, 1)));
    cases.add(new Case(9, 11, Shape.of(6, 2, 3, 2), new Conv2dSpec(3, 1, 1, 2, 2, 2, 2, 0, 0)));
    cases.add(new Case(8, 6, Shape.of(4, 3, 3, 3), VALID.withPadding(2, 0, 1, 3)));
    cases.add(new Case(8, 6, Shape.of(4, 3, 3, 3), VALID.withPadding(0, 1, 3, 1)));
    cases.add(new Case(5, 7, Shape.of(6, 1, 3, 3), SAME.withGroups(6)));
    cases.add(new Case(5, 7, Shape.of(24, 3, 3, 3), SAME.withGroups(2)));
    cases.add(new Case(9, 8, Shape.of(4, 2, 3, 3), VALID.withDilation(2).withPadding(2)));
    cases.add(new Case(8, 9, Shape.of(6, 5, 1, 1), VALID.withStride(2)));
    cases.add(new Case(9, 9, Shape.of(6, 5, 2, 2), VALID.withStride(3).withDilation(3)));
    cases.add(new Case(28, 28, Shape.of(20, 1, 5, 5), VALID));
    return cases;
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void eachWayIsTheDefinition(String name) {
    Kernels kernels = BothKernels.orSkip(name);
    for (Case c : cases()) {
      Tensor x = RandomTensors.normal(1, c.channels(), c.h, c.w, 1);
      Tensor w = RandomTensors.normal(2, c.filters.toArray());
      Tensor bias = RandomTensors.normal(3, c.filters.dim(0));
      for (int i = 0; i < w.size(); i += 3) {
        w.put(i, 0); // pruned
      }
      int[] kept = IntStream.range(0, w.size()).filter(i -> w.at(i) != 0).toArray();
      float[] values = new float[kept.length];
      for (int k = 0; k < kept.length; k++) {
        values[k] = w.at(kept[k]);
      }
      PaddedPhases layout = c.layout();
      int[] shape = c.filters.toArray();
      int groups = c.spec.groups();
      FilterBank bank = new FilterBank(shape, groups, bias.toArray(), layout);
      Tensor expected = NaiveConvolution.forward(x, w, bias, c.spec);
      float[] weights = w.toArray();
      for (Step step :
          List.of(
              new DenseConvolution(kernels.taps(), layout, bank, weights),
              new SmallImageConvolution(kernels.taps(), layout, bank, weights),
              new SparseConvolution(
                  kernels.sparse(), layout, kept, values, shape, groups, bias.toArray()))) {
        String what = step.getClass().getSimpleName() + " of " + c;
        assertNear(what, run(step, x.toArray(), expected.size()), expected);
      }
    }
  }

  /** Computes in arrays that hold what no sum may contain. */
  private static float[] run(Step step, float[] x, int size) {
    int[] lengths = step.scratch();
    float[][] scratch = new float[lengths.length][];
    for (int k = 0; k < lengths.length; k++) {
      scratch[k] = new float[lengths[k]];
      Arrays.fill(scratch[k], Float.NaN);
    }
    float[] y = new float[size];
    Arrays.fill(y, Float.NaN);
    step.run(x, y, scratch);
    return y;
  }

  /** To the rounding of sums of some hundred products of standard normal numbers. */
  private static void assertNear(String what, float[] y, Tensor expected) {
    for (int i = 0; i < y.length; i++) {
      float e = expected.at(i);
      if (!(Math.abs(y[i] - e) <= 5e-5 + 2e-6 * Math.abs(e))) {
        throw new AssertionError(what + ": element " + i + ": " + y[i] + ", not " + e);
      }
    }
  }

  /** Layers of VGG-like and of MobileNetV2, and what SNIP keeps of some. */
  @ParameterizedTest
  @CsvSource({
    "64, 64, 32, 1, 1, DenseConvolution",
    "64, 64, 32, 1, 0.6, DenseConvolution",
    "64, 64, 32, 1, 0.1, SparseConvolution",
    "256, 256, 8, 1, 1, SmallImageConvolution",
    "512, 512, 4, 1, 1, SmallImageConvolution",
    "512, 512, 2, 1, 1, SmallImageConvolution",
    "512, 512, 2, 1, 0.02, SparseConvolution",
    "96, 96, 16, 96, 1, SparseConvolution"
  })
  void whatIsTakenDependsOnThePictureAndOnWhatExists(
      int channels, int filters, int size, int groups, double density, String expected) {
    Conv2d layer =
        new Conv2d(
            "c",
            Shape.of(filters, channels / groups, 3, 3),
            SAME.withGroups(groups),
            VarianceScaling.lecun(),
            new Seed(1));
    Shape input = Shape.of(channels, size, size);
    int outputs = filters * size * size;
    Network network = new Network("one", input, outputs, new Sequential(layer, new Flatten()));
    if (density < 1) {
      boolean[] keeps = new boolean[filters * channels / groups * 9];
      int kept = (int) (density * keeps.length);
      for (int i = 0; i < kept; i++) {
        keeps[(int) (i / density)] = true;
      }
      Shape shape = network.parameter("c.weight").shape();
      network = network.restructured(Map.of("c.weight", new Mask(shape, keeps)));
    }
    Plan plan = Objects.requireNonNull(Compiler.plan(network));
    Step step = plan.instructions().get(0).step();
    assertThat(step.getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void zerosOnTheRightOfARowAreThoseOnTheLeftOfTheNext() {
    PaddedPhases layout = new PaddedPhases(2, 2, 3, 3, 3, SAME);
    float[] to = new float[layout.size()];
    Arrays.fill(to, Float.NaN);
    layout.layOut(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, to);
    assertThat(Arrays.copyOf(to, 2 * layout.channel))
        .containsExactly(
            0, 0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0, 0, 0, 0, // first channel
            0, 0, 0, 0, 0, 7, 8, 9, 0, 10, 11, 12, 0, 0, 0, 0);
  }

  @Test
  void whatNoTapMeetsIsNotLaidOut() {
    Conv2dSpec spec = VALID.withStride(2);
    PaddedPhases layout = new PaddedPhases(1, 4, 4, 1, 1, spec);
    assertThat(layout.channel).isEqualTo(4);
    float[] to = new float[layout.size()];
    layout.layOut(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, to);
    assertThat(Arrays.copyOf(to, 4)).containsExactly(1, 3, 9, 11);
  }
}
