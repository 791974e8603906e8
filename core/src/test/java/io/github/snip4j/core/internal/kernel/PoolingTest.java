package io.github.snip4j.core.internal.kernel;

import static io.github.snip4j.core.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.internal.backend.PoolKernels;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.BothKernels;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolingTest {
  @ParameterizedTest
  @CsvSource({"max_pool2d, 2, 2, 0", "max_pool2d_3s2p1, 3, 2, 1"})
  void maximumMatchesPyTorch(String name, int kernel, int stride, int padding) {
    Golden golden = Golden.of(name);
    PoolSpec spec = PoolSpec.square(kernel, stride, padding);
    Tensor x = golden.batchLast("x");
    Tensor y = Pooling.max(x, spec);
    assertClose(y, golden.batchLast("y"), 0);
    Tensor dx = Pooling.maxGradient(golden.batchLast("dy"), x, y, spec);
    assertClose(dx, golden.batchLast("d_x"), 1e-6);
  }

  @Test
  void averageMatchesPyTorch() {
    Golden golden = Golden.of("avg_pool2d");
    Tensor x = golden.batchLast("x");
    Tensor y = Pooling.average(x, PoolSpec.square(2), true);
    assertClose(y, golden.batchLast("y"), 1e-6);
    Tensor dx =
        Pooling.averageGradient(golden.batchLast("dy"), x.shape(), PoolSpec.square(2), true);
    assertClose(dx, golden.batchLast("d_x"), 1e-6);
  }

  @Test
  void globalAverageMatchesPyTorch() {
    Golden golden = Golden.of("global_avg_pool");
    Tensor x = golden.batchLast("x");
    assertClose(Pooling.globalAverage(x), golden.batchLast("y"), 1e-6);
    Tensor dx = Pooling.globalAverageGradient(golden.batchLast("dy"), x.shape());
    assertClose(dx, golden.batchLast("d_x"), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 33, 100})
  void agreesWithTheDefinitionForAnyWindows(int n) {
    PoolSpec spec = new PoolSpec(3, 2, 2, 1, 2, 1, 0, 1); // overlapping, padded unevenly
    Tensor x = RandomTensors.normal(1, 5, 6, 7, n);
    Shape shape = Shape.of(5, 4, 7, n);
    Tensor max = Pooling.max(x, spec);
    Tensor all = Pooling.average(x, spec, true);
    Tensor real = Pooling.average(x, spec, false);
    assertThat(max.shape()).isEqualTo(shape);
    for (int i = 0; i < shape.size(); i++) {
      int example = i % n;
      int column = i / n % 7;
      int row = i / n / 7 % 4;
      int channel = i / n / 7 / 4;
      double largest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      int count = 0;
      for (int h = Math.max(0, 2 * row - 2); h < Math.min(6, 2 * row + 1); h++) {
        for (int w = column; w < Math.min(7, column + 2); w++) {
          largest = Math.max(largest, x.get(channel, h, w, example));
          sum += x.get(channel, h, w, example);
          count++;
        }
      }
      assertThat((double) max.at(i)).isEqualTo(largest);
      assertThat((double) all.at(i)).isCloseTo(sum / 6, within(1e-6));
      assertThat((double) real.at(i)).isCloseTo(sum / count, within(1e-6));
    }
  }

  @Test
  void theGradientOfTheAverageIsItsTranspose() { // <average(x), dy> = <x, gradient(dy)>
    PoolSpec spec = new PoolSpec(3, 2, 2, 1, 2, 1, 0, 1);
    Tensor x = RandomTensors.normal(1, 5, 6, 7, 17);
    for (boolean countPadding : new boolean[] {true, false}) {
      Tensor y = Pooling.average(x, spec, countPadding);
      Tensor dy = RandomTensors.normal(2, y.shape().toArray());
      Tensor dx = Pooling.averageGradient(dy, x.shape(), spec, countPadding);
      assertThat(inner(y, dy)).isCloseTo(inner(x, dx), within(1e-3));
      assertThat(Math.abs(inner(y, dy))).isGreaterThan(1);
    }
  }

  private static double inner(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.at(i) * b.at(i);
    }
    return sum;
  }

  @Test
  void strideAboveTheKernelLeavesPlacesOut() {
    Tensor x = RandomTensors.normal(1, 2, 5, 5, 3);
    PoolSpec spec = PoolSpec.square(1, 2, 0);
    Tensor ones = Tensor.full(Shape.of(2, 3, 3, 3), 1);
    Tensor average = Pooling.averageGradient(ones, x.shape(), spec, true);
    Tensor max = Pooling.maxGradient(ones, x, Pooling.max(x, spec), spec);
    assertThat(average.toArray()).isEqualTo(max.toArray());
    assertThat(average.get(0, 2, 2, 0)).isEqualTo(1);
    assertThat(average.get(0, 1, 2, 0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void amongEqualsTheFirstGetsTheGradientAndNanWins(int n) {
    Tensor x = Tensor.zeros(Shape.of(1, 2, 2, n));
    Tensor y = Pooling.max(x, PoolSpec.square(2));
    Tensor dy = Tensor.full(Shape.of(1, 1, 1, n), 3);
    Tensor dx = Pooling.maxGradient(dy, x, y, PoolSpec.square(2));
    x.set(Float.NaN, 0, 1, 0, 0);
    Tensor lost = Pooling.max(x, PoolSpec.square(2));
    Tensor dxLost = Pooling.maxGradient(dy, x, lost, PoolSpec.square(2));
    assertThat(dx.slice(0, 1).get(0, 0, 0, n - 1)).isEqualTo(3);
    assertThat(Pointwise.sum(dx)).isEqualTo(3f * n);
    assertThat(lost.get(0, 0, 0, 0)).isNaN();
    assertThat(dxLost.get(0, 1, 0, 0)).isEqualTo(3);
    assertThat(Pointwise.sum(dxLost)).isEqualTo(3f * n);
  }

  @Test
  void theVectorKernelsGiveThePlainBits() {
    PoolKernels simd = BothKernels.orSkip("simd").pools();
    for (int run : new int[] {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 100, 257}) {
      float[][] expected = pooled(Kernels.plain().pools(), run);
      float[][] actual = pooled(simd, run);
      assertThat(actual[0]).as("maximum of %d", run).isEqualTo(expected[0]);
      assertThat(actual[1]).as("gradient of %d", run).isEqualTo(expected[1]);
    }
  }

  private static float[][] pooled(PoolKernels kernels, int run) {
    float[] x = RandomTensors.normal(1, 1_000).toArray();
    float[] dy = RandomTensors.normal(2, 300).toArray();
    int[] offsets = {99, 0, 300, 17, 500, 250, 4};
    float[] y = new float[600];
    float[] dx = new float[1_000];
    kernels.max(run, 2, offsets, new int[] {1, 5, 7}, x, 3, y, 5);
    kernels.maxGradient(run, offsets, 1, 5, x, 3, y, 5, dy, 7, dx, 9);
    return new float[][] {y, dx};
  }

  @Test
  void wrongShapesAndSpecsAreNamed() {
    Tensor x = Tensor.zeros(Shape.of(1, 2, 2, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pooling.max(x, PoolSpec.square(3)))
        .withMessage("max pooling: windows of 3x3 do not fit into x [1, 2, 2, 5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pooling.average(Tensor.zeros(Shape.of(2, 2)), PoolSpec.square(2), true))
        .withMessage("average pooling: x [2, 2] must be [C, H, W, N]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pooling.maxGradient(x, x, x, PoolSpec.square(2)))
        .withMessage("max pooling gradient: dy is [1, 2, 2, 5], must be [1, 1, 1, 5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PoolSpec.square(2, 2, 2))
        .withMessageContaining("less than the kernel 2x2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PoolSpec.square(2, 0, 0))
        .withMessage("pooling: kernel 2x2 and stride 0x0 must be positive");
  }
}
