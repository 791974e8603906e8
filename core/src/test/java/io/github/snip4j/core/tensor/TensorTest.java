package io.github.snip4j.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TensorTest {
  private final Tensor t = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  @Test
  void isRowMajor() {
    assertThat(t.get(1, 0)).isEqualTo(4);
    t.set(9, 1, 2);
    assertThat(t.toArray()).containsExactly(1, 2, 3, 4, 5, 9);
  }

  @Test
  void sliceAndReshapeShareTheArrayAndCopyDoesNot() {
    Tensor row = t.slice(1, 2);
    assertThat(row.shape()).isEqualTo(Shape.of(1, 3));
    row.reshape(Shape.of(3)).set(7, 0);
    assertThat(t.get(1, 0)).isEqualTo(7);
    row.copy().set(8, 0, 0);
    assertThat(t.get(1, 0)).isEqualTo(7);
  }

  @Test
  void mistakesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(Shape.of(2, 2), 1, 2, 3))
        .withMessage("tensor [2, 2] takes 4 values, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> t.reshape(Shape.of(5)))
        .withMessage("reshape: [2, 3] has 6 elements, [5] has 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> t.slice(1, 3))
        .withMessage("slice: [1, 3) is not within the first axis of [2, 3]");
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.scalar(1).slice(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> t.get(1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> t.get(0, 3));
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(t::item);
    assertThatIllegalArgumentException().isThrownBy(() -> t.copyFrom(Tensor.scalar(1)));
  }
}
