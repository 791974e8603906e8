package io.github.snip4j.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VarianceScalingTest {
  static Stream<Arguments> variances() {
    Shape linear = Shape.of(200, 300);
    Shape convolution = Shape.of(60, 40, 5, 5);
    return Stream.of(
        Arguments.of(VarianceScaling.lecun(), linear, 1 / 300.0),
        Arguments.of(VarianceScaling.glorot(), linear, 2 / 500.0),
        Arguments.of(VarianceScaling.he(), linear, 2 / 300.0),
        Arguments.of(VarianceScaling.lecun(), convolution, 1 / 1000.0),
        Arguments.of(VarianceScaling.glorot(), convolution, 2 / 2500.0),
        Arguments.of(
            new VarianceScaling(3, VarianceScaling.Fan.OUT, VarianceScaling.Distribution.NORMAL),
            convolution,
            3 / 1500.0));
  }

  @ParameterizedTest
  @MethodSource("variances")
  void hasMeanZeroAndTheVarianceAskedFor(
      VarianceScaling initializer, Shape shape, double variance) {
    Tensor w = initializer.draw(shape, new Seed(5));
    double sum = 0;
    double squares = 0;
    for (float value : w.toArray()) {
      sum += value;
      squares += (double) value * value;
    }
    assertThat(sum / w.size()).isCloseTo(0, within(4 * Math.sqrt(variance / w.size())));
    assertThat(squares / w.size()).isCloseTo(variance, within(0.03 * variance));
  }

  @Test
  void aVectorHasNoFan() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VarianceScaling.lecun().draw(Shape.of(5), new Seed(1)))
        .withMessageContaining("[5] has no inputs and outputs");
  }
}
