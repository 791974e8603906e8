package io.github.snip4j.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  @Test
  void equalLogitsCostTheLogarithmOfTheNumberOfClasses() {
    CrossEntropy entropy = CrossEntropy.of(Tensor.full(Shape.of(10, 3), 5f), new int[] {0, 4, 9});
    assertThat(entropy.loss()).isCloseTo((float) Math.log(10), within(1e-6f));
  }

  @Test
  void hugeLogitsNeitherOverflowNorLoseTheDifference() {
    Tensor logits = Tensor.of(Shape.of(2, 2), 3e38f, -3e38f, -3e38f, 1e30f);
    CrossEntropy right = CrossEntropy.of(logits, new int[] {0, 1});
    assertThat(right.loss()).isZero();
    CrossEntropy close = CrossEntropy.of(Tensor.of(Shape.of(2, 1), 1e4f, 1e4f + 1), new int[] {0});
    assertThat(close.loss()).isCloseTo((float) Math.log1p(Math.E), within(1e-6f));
  }

  @Test
  void nanIsNotHidden() {
    Tensor logits = Tensor.of(Shape.of(2, 1), Float.NaN, 1);
    assertThat(CrossEntropy.of(logits, new int[] {1}).loss()).isNaN();
  }

  @Test
  void labelsThatAreNoClassAreNamed() {
    Tensor logits = Tensor.zeros(Shape.of(10, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossEntropy.of(logits, new int[] {3, 10}))
        .withMessage("cross-entropy: label 10 of example 1 is not among the 10 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossEntropy.of(logits, new int[] {3}))
        .withMessageContaining("logits must be [classes, labels]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossEntropy.of(Tensor.zeros(Shape.of(10, 0)), new int[0]));
  }

  @Test
  void smoothingMixesInTheOtherClasses() {
    Tensor logits = Tensor.of(Shape.of(2, 1), 0, (float) Math.log(3)); // p = 1/4, 3/4
    CrossEntropy entropy = CrossEntropy.of(logits, new int[] {1}, 0.2f);
    double expected = -0.1 * Math.log(0.25) - 0.9 * Math.log(0.75);
    assertThat(entropy.loss()).isCloseTo((float) expected, within(1e-6f));
    assertThat(entropy.gradient(2).get(0, 0)).isCloseTo(0.3f, within(1e-6f));
    assertThat(entropy.gradient(2).get(1, 0)).isCloseTo(-0.3f, within(1e-6f));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossEntropy.of(logits, new int[] {1}, 1.5f))
        .withMessage("cross-entropy: label smoothing 1.5 is not from 0 to 1");
  }
}
