package io.github.snip4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BatchTest {
  @Test
  void examplesFirstBecomesBatchLast() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Batch batch = Batch.fromExamplesFirst(x, Shape.of(1, 3), new int[] {7, 8});
    assertThat(batch.x().shape()).isEqualTo(Shape.of(1, 3, 2));
    assertThat(batch.x().toArray()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(batch.size()).isEqualTo(2);
  }

  @Test
  void labelsMustMatch() {
    Tensor x = Tensor.zeros(Shape.of(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Batch(x, new int[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batch.fromExamplesFirst(x, Shape.of(4), new int[3]))
        .withMessage(
            "batch: [3, 2] with 3 labels: expected [3, ...] with 4 values per example [4]");
  }
}
