package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The embedded MNIST, and how it is split and batched. */
class MnistTest {
  private static final Pictures MNIST = Mnist.load();
  private final Splits splits = MNIST.split(new Seed(1));

  @Test
  void hasThePublishedCountsPerClass() {
    assertThat(counts(MNIST.training()))
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    assertThat(counts(MNIST.test()))
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    assertThat(MNIST.training().example()).isEqualTo(Shape.of(1, 28, 28));
  }

  @Test
  void normalizationIsTheWellKnownMeanAndDeviation() {
    Normalization normalization = Normalization.of(MNIST.training());
    assertThat(normalization.means().get(0)).isCloseTo(0.1307, within(5e-5));
    assertThat(normalization.deviations().get(0)).isCloseTo(0.3081, within(5e-5));
  }

  @Test
  void splitsHaveTheirSizesAndShareNothing() {
    assertThat(splits.train().size()).isEqualTo(54_000);
    assertThat(splits.validation().size()).isEqualTo(6_000);
    assertThat(splits.test().size()).isEqualTo(10_000);
    assertThat(labels(splits.validation().inOrder(6_000)))
        .isEqualTo(labels(MNIST.split(new Seed(1)).validation().inOrder(6_000)))
        .isNotEqualTo(labels(MNIST.split(new Seed(2)).validation().inOrder(6_000)));
    long[] together = new long[10];
    for (Examples part : new Examples[] {splits.train(), splits.validation()}) {
      for (int label : labels(part.inOrder(part.size()))) {
        together[label]++;
      }
    }
    assertThat(together).isEqualTo(counts(MNIST.training()));
  }

  @Test
  void aBatchHoldsNormalizedPixelsWithTheBatchLast() {
    Normalization normalization = Normalization.of(MNIST.training());
    BatchSource source = splits.test().inOrder(64);
    Batch batch = source.at(1);
    assertThat(batch.x().shape()).isEqualTo(Shape.of(1, 28, 28, 64));
    for (int i = 0; i < 64; i++) {
      assertThat(batch.labels()[i]).isEqualTo(MNIST.test().label(64 + i));
      double pixel = MNIST.test().pixel(64 + i, 14 * 28 + 13) / 255.0;
      assertThat(batch.x().get(0, 14, 13, i))
          .isEqualTo(
              (float) ((pixel - normalization.means().get(0)) / normalization.deviations().get(0)));
    }
  }

  @Test
  void anEpochShowsEveryExampleOnceAndEndsWithASmallerBatch() {
    BatchSource source = splits.validation().shuffled(700, new Seed(3));
    assertThat(source.batchesPerEpoch()).isEqualTo(9);
    assertThat(source.at(8).size()).isEqualTo(400);
    assertThat(source.at(17).size()).isEqualTo(400);
    Set<String> seen = new HashSet<>();
    int examples = 0;
    for (int step = 9; step < 18; step++) {
      Batch batch = source.at(step);
      for (int i = 0; i < batch.size(); i++) {
        StringBuilder picture = new StringBuilder();
        for (int p = 0; p < 784; p++) {
          picture.append((char) Float.floatToIntBits(batch.x().at(p * batch.size() + i)));
        }
        seen.add(picture.toString());
        examples++;
      }
    }
    assertThat(examples).isEqualTo(6_000);
    assertThat(seen).hasSize(6_000);
  }

  @Test
  void batchesAreAFunctionOfTheStepAlone() {
    BatchSource forward = splits.train().shuffled(100, new Seed(3));
    BatchSource jumping = splits.train().shuffled(100, new Seed(3));
    float[] later = jumping.at(2_000).x().toArray();
    assertThat(jumping.at(7).x().toArray()).isEqualTo(forward.at(7).x().toArray());
    assertThat(forward.at(2_000).x().toArray()).isEqualTo(later);
    assertThat(forward.at(547).x().toArray()).isNotEqualTo(forward.at(7).x().toArray());
    assertThat(splits.train().sample(50, new Seed(4)).labels())
        .isEqualTo(splits.train().sample(50, new Seed(4)).labels())
        .isNotEqualTo(splits.train().sample(50, new Seed(5)).labels());
  }

  @Test
  void impossibleBatchSizesAreNamed() {
    for (int size : new int[] {0, 6_001}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> splits.validation().inOrder(size))
          .withMessage("batch size " + size + ": expected 1 to 6000, the number of examples");
    }
  }

  private static int[] labels(BatchSource source) {
    return source.at(0).labels();
  }

  private static long[] counts(Dataset data) {
    long[] counts = new long[data.classes()];
    for (int i = 0; i < data.size(); i++) {
      counts[data.label(i)]++;
    }
    return counts;
  }
}
