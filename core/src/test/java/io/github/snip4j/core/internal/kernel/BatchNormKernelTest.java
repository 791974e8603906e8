package io.github.snip4j.core.internal.kernel;

import static io.github.snip4j.core.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNormKernelTest {
  private static final double EPS = 1e-5;

  @ParameterizedTest
  @ValueSource(strings = {"batch_norm1d_train", "batch_norm2d_train"})
  void trainingMatchesPyTorch(String name) {
    Golden golden = Golden.of(name);
    BatchNormKernel norm =
        BatchNormKernel.train(golden.batchLast("x"), golden.tensor("w"), golden.tensor("b"), EPS);
    check(golden, norm);
  }

  @Test
  void evaluationMatchesPyTorch() {
    Golden golden = Golden.of("batch_norm2d_eval");
    BatchNormKernel norm =
        BatchNormKernel.evaluate(
            golden.batchLast("x"),
            golden.tensor("w"),
            golden.tensor("b"),
            golden.tensor("running_mean"),
            golden.tensor("running_var"),
            EPS);
    check(golden, norm);
  }

  private static void check(Golden golden, BatchNormKernel norm) {
    assertClose(norm.y(), golden.batchLast("y"), 2e-6);
    BatchNormKernel.Gradients gradients = norm.gradients(golden.batchLast("dy"));
    assertClose(gradients.dx(), golden.batchLast("d_x"), 2e-6);
    assertClose(gradients.dScale(), golden.tensor("d_w"), 2e-6);
    assertClose(gradients.dShift(), golden.tensor("d_b"), 2e-6);
  }

  /** The variance is 1e40, which no float holds, but its root is a float like others. */
  @Test
  void channelsWhoseVarianceIsNoFloatAreNormalizedToo() {
    Tensor x = RandomTensors.normal(1, 2, 8, 32);
    Tensor large = RandomTensors.normal(1, 2, 8, 32);
    for (int i = 0; i < x.size(); i++) {
      large.put(i, 1e20f * x.at(i));
    }
    Tensor dy = RandomTensors.normal(2, 2, 8, 32);
    Tensor one = Tensor.full(Shape.of(2), 1);
    Tensor zero = Tensor.zeros(Shape.of(2));
    BatchNormKernel expected = BatchNormKernel.train(x, one, zero, 0); // no variance is near eps
    BatchNormKernel norm = BatchNormKernel.train(large, one, zero, EPS);
    assertClose(norm.y(), expected.y(), 1e-6);
    assertThat(norm.variance().at(0)).isInfinite();
    BatchNormKernel.Gradients gradients = norm.gradients(dy);
    assertClose(gradients.dScale(), expected.gradients(dy).dScale(), 1e-6);
    Tensor dx = gradients.dx();
    for (int i = 0; i < dx.size(); i++) {
      dx.put(i, 1e20f * dx.at(i));
    }
    assertClose(dx, expected.gradients(dy).dx(), 1e-4); // its slope has few bits, near 1e-40
  }

  @Test
  void longChannelsFarFromZeroKeepTheirVariance() {
    Tensor x = RandomTensors.normal(1, 2, 36, 36, 100);
    for (int i = 0; i < x.size(); i++) {
      x.put(i, x.at(i) + 1_000);
    }
    Tensor one = Tensor.full(Shape.of(2), 1);
    BatchNormKernel norm = BatchNormKernel.train(x, one, Tensor.zeros(Shape.of(2)), EPS);
    for (int c = 0; c < 2; c++) {
      int run = x.size() / 2;
      double mean = 0;
      double square = 0;
      for (int i = 0; i < run; i++) {
        mean += x.at(c * run + i) / (double) run;
      }
      for (int i = 0; i < run; i++) {
        square += Math.pow(x.at(c * run + i) - mean, 2) / run;
      }
      assertThat((double) norm.mean().get(c)).isCloseTo(mean, within(1e-4));
      assertThat((double) norm.variance().get(c)).isCloseTo(square, within(2e-6));
    }
  }

  @Test
  void runningStatisticsMoveAsPyTorchs() {
    Tensor x = Tensor.of(Shape.of(1, 4), 1, 2, 3, 6); // mean 3, unbiased variance 14/3
    Tensor one = Tensor.full(Shape.of(1), 1);
    BatchNormKernel norm = BatchNormKernel.train(x, one, one, EPS);
    Tensor mean = Tensor.of(Shape.of(1), 10);
    Tensor variance = Tensor.of(Shape.of(1), 1);
    BatchNormKernel.updateRunning(norm, mean, variance, 0.1);
    assertThat(mean.item()).isCloseTo(9.3f, within(1e-6f));
    assertThat(variance.item()).isCloseTo((float) (0.9 + 1.4 / 3), within(1e-6f));
  }

  @Test
  void oneValuePerChannelIsRefusedInTraining() {
    Tensor one = Tensor.full(Shape.of(3), 1);
    for (Shape shape : List.of(Shape.of(3, 1), Shape.of(3, 1, 1, 1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BatchNormKernel.train(Tensor.zeros(shape), one, one, EPS))
          .withMessage(
              ("batch norm: x " + shape + " has one value per channel, of which training mode")
                  + " cannot take a variance: give a batch of two examples or more, or use"
                  + " evaluation mode");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchNormKernel.train(Tensor.zeros(Shape.of(3, 0)), one, one, EPS))
        .withMessageContaining("x [3, 0] has no values per channel");
  }

  @Test
  void evaluationTakesNoExamples() {
    Tensor one = Tensor.full(Shape.of(3), 1);
    Tensor none = Tensor.zeros(Shape.of(3, 2, 2, 0));
    BatchNormKernel norm = BatchNormKernel.evaluate(none, one, one, one, one, EPS);
    assertThat(norm.y().shape()).isEqualTo(none.shape());
    BatchNormKernel.Gradients gradients = norm.gradients(none);
    assertThat(gradients.dx().shape()).isEqualTo(none.shape());
    assertThat(gradients.dScale().toArray()).containsExactly(0, 0, 0);
    assertThat(gradients.dShift().toArray()).containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {-3.3f, 0.1f, 1e6f, 1e-20f})
  void aConstantChannelIsItsOwnMean(float value) {
    Tensor x = Tensor.full(Shape.of(1, 32, 32, 100), value);
    Tensor zero = Tensor.zeros(Shape.of(1));
    BatchNormKernel norm = BatchNormKernel.train(x, Tensor.full(Shape.of(1), 1), zero, EPS);
    assertThat(norm.mean().item()).isEqualTo(value);
    assertThat(norm.variance().item()).isLessThanOrEqualTo(1e-12f * value * value);
    assertThat(norm.y().toArray()).containsOnly(0);
  }

  @Test
  void wrongShapesAreNamed() {
    Tensor two = Tensor.zeros(Shape.of(2));
    Tensor x = Tensor.zeros(Shape.of(3, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchNormKernel.train(x, two, two, EPS))
        .withMessage("batch norm: x [3, 4]: scale [2] and shift [2] must be [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchNormKernel.train(two, two, two, EPS))
        .withMessage("batch norm: x [2] must be [C, ..., N]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BatchNormKernel.train(Tensor.zeros(Shape.of(2, 4)), two, two, EPS).gradients(x))
        .withMessage("batch norm gradient: dy [3, 4] and x [2, 4]");
  }
}
