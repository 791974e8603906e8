package io.github.snip4j.core.internal.kernel;

import static io.github.snip4j.core.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxKernelTest {
  @Test
  void logSoftmaxMatchesPyTorch() {
    Golden golden = Golden.of("log_softmax");
    Tensor y = SoftmaxKernel.logSoftmax(golden.transposed("x"));
    assertClose(y, golden.transposed("y"), 1e-6);
    Tensor dx = SoftmaxKernel.logSoftmaxGradient(golden.transposed("dy"), y);
    assertClose(dx, golden.transposed("d_x"), 1e-6);
  }

  @Test
  void softmaxAndItsGradientFollowTheDefinition() {
    Tensor z = RandomTensors.normal(1, 7, 3, 1_001); // more than one piece of columns
    Tensor dy = RandomTensors.normal(2, 7, 3, 1_001);
    Tensor p = SoftmaxKernel.softmax(z);
    Tensor dz = SoftmaxKernel.softmaxGradient(dy, p);
    int columns = 3 * 1_001;
    for (int column = 0; column < columns; column += 13) {
      double sum = 0;
      double mean = 0;
      for (int k = 0; k < 7; k++) {
        double exp = Math.exp(z.at(k * columns + column));
        sum += exp;
        mean += exp * dy.at(k * columns + column);
      }
      for (int k = 0; k < 7; k++) {
        int at = k * columns + column;
        double expected = Math.exp(z.at(at)) / sum;
        assertThat((double) p.at(at)).isCloseTo(expected, within(1e-6));
        double slope = expected * (dy.at(at) - mean / sum);
        assertThat((double) dz.at(at)).isCloseTo(slope, within(2e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1, 15, 17, 30, 60})
  void aSureClassKeepsItsDigits(float margin) {
    Tensor z = Tensor.of(Shape.of(3, 2), 0, margin, margin, 0, 0, 0);
    double tail = 2 * Math.exp(-margin);
    Tensor logs = SoftmaxKernel.logSoftmax(z);
    assertThat((double) logs.get(1, 0)).isCloseTo(-Math.log1p(tail), withinPercentage(1e-4));
    assertThat((double) logs.get(0, 1)).isCloseTo(-Math.log1p(tail), withinPercentage(1e-4));
    assertThat((double) logs.get(2, 0))
        .isCloseTo(-margin - Math.log1p(tail), withinPercentage(1e-4));

    Tensor own = Tensor.zeros(Shape.of(3, 2));
    own.set(1, 1, 0);
    own.set(1, 0, 1);
    double other = tail / (1 + tail); // 1 - p
    Tensor byLogs = SoftmaxKernel.logSoftmaxGradient(own, logs);
    Tensor byValues = SoftmaxKernel.softmaxGradient(own, SoftmaxKernel.softmax(z));
    for (Tensor dz : new Tensor[] {byLogs, byValues}) {
      double expected = dz == byLogs ? other : other / (1 + tail);
      assertThat((double) dz.get(1, 0)).isCloseTo(expected, withinPercentage(1e-3));
      assertThat((double) dz.get(0, 1)).isCloseTo(expected, withinPercentage(1e-3));
      assertThat((double) dz.get(2, 1)).isCloseTo(-expected / 2, withinPercentage(1e-3));
    }
  }

  @Test
  void hugeValuesDoNotOverflowAndNanIsNotHidden() {
    Tensor z = Tensor.of(Shape.of(2, 3), 3e38f, 1e30f, Float.NaN, -3e38f, 1e30f, 0);
    assertThat(SoftmaxKernel.softmax(z).toArray())
        .containsExactly(1, 0.5f, Float.NaN, 0, 0.5f, Float.NaN);
    assertThat(SoftmaxKernel.logSoftmax(z).get(0, 0)).isZero();
  }

  @Test
  void wrongShapesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SoftmaxKernel.softmax(Tensor.scalar(1)))
        .withMessage("softmax: [] has no axis of classes");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SoftmaxKernel.softmaxGradient(Tensor.zeros(Shape.of(2)), Tensor.zeros(Shape.of(3))))
        .withMessage("softmax gradient: [2] and [3]");
  }

  @Test
  void aNanMakesItsWholeColumnNanAndNoOther() {
    Tensor z = Tensor.zeros(Shape.of(3, 40));
    z.set(Float.NaN, 1, 5);
    Tensor logs = SoftmaxKernel.logSoftmax(z);
    for (int k = 0; k < 3; k++) {
      assertThat(logs.get(k, 5)).isNaN();
      assertThat(logs.get(k, 6)).isCloseTo((float) -Math.log(3), within(1e-6f));
    }
  }
}
