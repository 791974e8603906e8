package io.github.snip4j.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  @Test
  void axesOfLengthOneAndMissingOnesAreRepeated() {
    Tensor a = RandomTensors.normal(1, 4, 5, 6);
    Tensor b = RandomTensors.normal(2, 5, 1);
    Tensor y = Broadcast.subtract(a, b);
    Tensor mirrored = Broadcast.subtract(b, a);
    assertThat(y.shape()).isEqualTo(Shape.of(4, 5, 6));
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 5; j++) {
        for (int k = 0; k < 6; k++) {
          assertThat(y.get(i, j, k)).isEqualTo(a.get(i, j, k) - b.get(j, 0));
          assertThat(mirrored.get(i, j, k)).isEqualTo(-y.get(i, j, k));
        }
      }
    }
  }

  @Test
  void sumToUndoesTheRepetition() {
    Tensor ones = Tensor.full(Shape.of(4, 5, 6), 1f);
    assertThat(Broadcast.sumTo(ones, Shape.of(5, 1)).toArray()).containsOnly(24f).hasSize(5);
    assertThat(Broadcast.sumTo(ones, Shape.of(1, 6)).toArray()).containsOnly(20f).hasSize(6);
    assertThat(Broadcast.sumTo(ones, Shape.scalar()).item()).isEqualTo(120f);
    assertThat(Broadcast.sumTo(ones, Shape.of(4, 5, 6))).isSameAs(ones);
  }

  @Test
  void longSumsDoNotLoseTheirSmallTerms() {
    Tensor ones = Tensor.full(Shape.of(1 << 12, 1 << 13), 1f);
    assertThat(Broadcast.sumTo(ones, Shape.scalar()).item()).isEqualTo(1 << 25);
    assertThat(Broadcast.sumTo(ones.reshape(Shape.of(1 << 25, 1)), Shape.of(1)).item())
        .isEqualTo(1 << 25);
  }

  @Test
  void scalarsSlicesAndEmptyTensorsWork() {
    Tensor two = Tensor.scalar(2);
    assertThat(Broadcast.multiply(two, Tensor.scalar(3)).item()).isEqualTo(6);
    Tensor rows = RandomTensors.normal(3, 5, 7);
    Tensor doubled = Broadcast.multiply(rows.slice(2, 4), two);
    assertThat(doubled.get(1, 6)).isEqualTo(2 * rows.get(3, 6));
    assertThat(Broadcast.add(rows.slice(1, 1), two).size()).isZero();
    Tensor large = Broadcast.add(Tensor.zeros(Shape.of(300, 400)), RandomTensors.normal(4, 300, 1));
    assertThat(large.get(299, 399)).isEqualTo(RandomTensors.normal(4, 300, 1).get(299, 0));
  }

  @Test
  void lengthsThatDoNotFitAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Broadcast.add(Tensor.zeros(Shape.of(4, 5)), Tensor.zeros(Shape.of(4, 1, 6))))
        .withMessage("add: [4, 5] and [4, 1, 6]: axis -1 is 5 and 6");
  }
}
