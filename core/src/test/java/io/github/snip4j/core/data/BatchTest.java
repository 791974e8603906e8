package io.github.snip4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        .withMessage("batch: [3, 2] with 3 labels: expected [3, 4]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20 8 6 3 | ; this looks like channels last, which x.transpose(0, 3, 1, 2) puts first",
        "20 3 6 8 | ; this looks like height and width exchanged",
        "3 8 6 20 | ; this looks like examples last, which x.transpose(3, 0, 1, 2) puts first",
        "144 20   | ; the first axis must be the examples",
        "20 6 8 3 | ''",
        "20 24 6  | ''",
        "20 3 48  | ''",
      })
  void aLayoutThatOnlyHasTheRightCountIsRefused(String dims, String guess) {
    int[] shape = Stream.of(dims.trim().split(" ")).mapToInt(Integer::parseInt).toArray();
    Tensor x = Tensor.zeros(Shape.of(shape));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batch.fromExamplesFirst(x, Shape.of(3, 8, 6), new int[20]))
        .withMessage(
            "batch: " + x.shape() + " with 20 labels: expected [20, 3, 8, 6] or [20, 144]" + guess);
  }

  @Test
  void picturesAndFlatPicturesAreTakenAndGreyOnesNeedTheirAxis() {
    Shape grey = Shape.of(1, 2, 3);
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Tensor expected =
        Batch.fromExamplesFirst(Tensor.of(Shape.of(2, 1, 2, 3), values), grey, new int[2]).x();
    Tensor flat = Batch.fromExamplesFirst(Tensor.of(Shape.of(2, 6), values), grey, new int[2]).x();
    assertThat(expected.toArray()).startsWith(1, 7, 2, 8);
    assertThat(flat.toArray()).isEqualTo(expected.toArray());
    Tensor bare = Tensor.of(Shape.of(2, 2, 3), values);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batch.fromExamplesFirst(bare, grey, new int[2]))
        .withMessageEndingWith(
            "; this looks like grey pictures without an axis for the channel, which x[:, None] adds");
  }
}
