package io.github.snip4j.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void sizeIsTheProductAndOneForAScalar() {
    assertThat(Shape.of(3, 4, 5).size()).isEqualTo(60);
    assertThat(Shape.scalar().size()).isEqualTo(1);
    assertThat(Shape.of(3, 0, 5).size()).isZero();
  }

  @Test
  void axesAreCountedFromEitherEnd() {
    Shape shape = Shape.of(3, 4, 5);
    assertThat(shape.dim(0)).isEqualTo(3);
    assertThat(shape.dim(-1)).isEqualTo(5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape.dim(3))
        .withMessage("shape [3, 4, 5] has no axis 3");
  }

  @Test
  void equalByValueAndUntouchedByItsSource() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 7;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(shape).isNotEqualTo(Shape.of(3, 2));
    assertThat(shape.append(4).dropLast()).isEqualTo(shape);
  }

  @Test
  void refusesNegativeAndTooLarge() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, -1))
        .withMessageContaining("-1 is negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(1 << 16, 1 << 15))
        .withMessageContaining("more than 2^31-1");
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.scalar().dropLast());
  }
}
