package io.github.snip4j.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** The gradient by the own class is minus the tail, which float cannot tell from 1 - p. */
  @ParameterizedTest
  @ValueSource(floats = {0, 1, 5, 15, 17, 30, 60})
  void aSureClassKeepsTheDigitsOfItsLossAndGradient(float margin) {
    Tensor logits = Tensor.of(Shape.of(3, 2), 0, 0, margin, 0, 0, margin);
    CrossEntropy entropy = CrossEntropy.of(logits, new int[] {1, 2});
    double tail = 2 * Math.exp(-margin);
    assertThat((double) entropy.loss()).isCloseTo(Math.log1p(tail), withinPercentage(1e-4));
    Tensor gradient = entropy.gradient(2);
    double own = -tail / (1 + tail);
    assertThat((double) gradient.get(1, 0)).isCloseTo(own, withinPercentage(1e-4));
    assertThat((double) gradient.get(2, 1)).isCloseTo(own, withinPercentage(1e-4));
    assertThat((double) gradient.get(0, 0)).isCloseTo(-own / 2, withinPercentage(1e-4));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 1})
  void smoothingOverAClassThatCannotBeCostsInfinitelyMuch(float smoothing) {
    Tensor logits = Tensor.of(Shape.of(3, 1), Float.NEGATIVE_INFINITY, 1, 2);
    for (int label = 0; label < 3; label++) {
      CrossEntropy entropy = CrossEntropy.of(logits, new int[] {label}, smoothing);
      assertThat(entropy.loss()).isEqualTo(Float.POSITIVE_INFINITY);
      assertThat(entropy.gradient(1).toArray()).doesNotContain(Float.NaN);
    }
    assertThat(CrossEntropy.of(logits, new int[] {0}).loss()).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void gradientsOfAColumnAddUpToZeroWithSmoothingToo() {
    Tensor logits = Tensor.of(Shape.of(3, 1), 9, 1, 2);
    Tensor gradient = CrossEntropy.of(logits, new int[] {0}, 0.3f).gradient(1);
    double sum = Math.exp(9) + Math.exp(1) + Math.exp(2);
    assertThat((double) gradient.get(0, 0)).isCloseTo(Math.exp(9) / sum - 0.8, within(1e-7));
    assertThat((double) gradient.get(1, 0)).isCloseTo(Math.exp(1) / sum - 0.1, within(1e-7));
    assertThat(gradient.at(0)).isEqualTo(-(gradient.at(1) + gradient.at(2)), within(1e-8f));
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
