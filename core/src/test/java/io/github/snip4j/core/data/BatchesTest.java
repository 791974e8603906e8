package io.github.snip4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final float[][] X = {{1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}};
  private static final int[] LABELS = {0, 1, 0, 1, 2};

  @Test
  void rowsBecomeColumnsInOrder() {
    BatchSource source = Batches.of(X, LABELS).inOrder(2);
    assertThat(source.batchesPerEpoch()).isEqualTo(3);
    assertThat(source.at(0).x().shape()).isEqualTo(Shape.of(2, 2));
    assertThat(source.at(0).x().toArray()).containsExactly(1, 2, 10, 20);
    assertThat(source.at(1).labels()).containsExactly(0, 1);
    assertThat(source.at(2).x().toArray()).containsExactly(5, 50); // the rest
    assertThat(source.at(3).x().toArray()).containsExactly(1, 2, 10, 20); // the next epoch
  }

  @Test
  void numbersToComeOutAreChosenWithTheirExamples() {
    float[][] y = {{-1}, {-2}, {-3}, {-4}, {-5}};
    Batch batch = Batches.of(X, y).sample(5, new Seed(7));
    for (int n = 0; n < 5; n++) {
      assertThat(batch.targets().values().at(n)).isEqualTo(-batch.x().at(n));
    }
    assertThat(Batch.ofExamples(X, y).example(3).targets().values().toArray()).containsExactly(-4);
    assertThat(Batch.ofExamples(X, LABELS).example(4).labels()).containsExactly(2);
  }

  @Test
  void aBatchIsCutIntoPartsThatDifferByOneExampleAtMost() {
    Batch five = Batch.ofExamples(X, LABELS);
    assertThat(five.part(0, 2).x().toArray()).containsExactly(1, 2, 10, 20);
    assertThat(five.part(1, 2).x().toArray()).containsExactly(3, 4, 5, 30, 40, 50);
    assertThat(five.part(1, 2).labels()).containsExactly(0, 1, 2);
    assertThat(five.part(0, 1).x().toArray()).isEqualTo(five.x().toArray());
    Targets steps = Targets.labels(new int[] {1, 2, 3, 4, 5, 6}, 3); // two positions
    assertThat(new Batch(Tensor.zeros(Shape.of(1, 3)), steps).part(2, 3).labels())
        .containsExactly(3, 6);
    float[][] y = {{-1}, {-2}, {-3}, {-4}, {-5}};
    assertThat(Batch.ofExamples(X, y).part(4, 5).targets().values().toArray()).containsExactly(-5);
    assertThat(five.part(0, 6).size()).isZero();
    assertThat(five.part(5, 6).labels()).containsExactly(2);
    assertThat(new Batch(Tensor.zeros(Shape.of(1, 3)), steps).part(0, 4).size()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> five.part(6, 6))
        .withMessage("batch: part 6 of 6: they are counted from 0");
  }

  @Test
  void everyEpochHasEachExampleOnceInAnOrderOfItsOwn() {
    Batches batches = Batches.of(X, LABELS);
    BatchSource source = batches.shuffled(2, new Seed(3));
    Set<String> orders = new HashSet<>();
    for (int epoch = 0; epoch < 6; epoch++) {
      StringBuilder order = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        Batch batch = source.at(3L * epoch + i);
        for (int n = 0; n < batch.size(); n++) {
          order.append((int) batch.x().at(n));
          assertThat(batch.labels()[n]).isEqualTo(LABELS[(int) batch.x().at(n) - 1]);
        }
      }
      assertThat(order.chars().sorted().toArray()).isEqualTo("12345".chars().toArray());
      orders.add(order.toString());
    }
    assertThat(orders).hasSizeGreaterThan(3);
    assertThat(source.at(4).x().toArray())
        .isEqualTo(batches.shuffled(2, new Seed(3)).at(4).x().toArray());
  }

  @Test
  void splitsHaveNothingInCommon() {
    Batches.Split split = Batches.of(X, LABELS).split(0.4, new Seed(1));
    assertThat(split.part().size()).isEqualTo(2);
    assertThat(split.rest().size()).isEqualTo(3);
    Set<Float> all = new HashSet<>();
    for (Batches part : new Batches[] {split.part(), split.rest()}) {
      for (int n = 0; n < part.size(); n++) {
        all.add(part.all().x().at(n));
      }
    }
    assertThat(all).containsExactlyInAnyOrder(1f, 2f, 3f, 4f, 5f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(X, LABELS).split(0.05, new Seed(1)))
        .withMessageContaining("a share of 0.05 is 0 of 5 examples");
  }

  @Test
  void standardisedFeaturesHaveMeanZeroAndDeviationOne() {
    float[][] x = {{1, 7}, {3, 7}, {5, 7}, {7, 7}};
    Batches batches = Batches.of(x, 0, 0, 1, 1);
    Standardization scale = batches.standardization();
    assertThat(scale.mean()).containsExactly(4f, 7f);
    assertThat(scale.deviation()).containsExactly((float) Math.sqrt(5), 1f); // one never changes
    float s = (float) Math.sqrt(5);
    assertThat(batches.standardized(scale).all().x().toArray())
        .containsExactly(-3 / s, -1 / s, 1 / s, 3 / s, 0, 0, 0, 0);
    assertThat(scale.apply(5, 8)).containsExactly(1 / s, 1);
    assertThat(x[0]).containsExactly(1, 7); // not modified
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(X, 0, 1))
        .withMessage("batches: 5 rows of x and 2 of y: expected as many, and one or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(new float[][] {{1, 2}, {3}}, 0, 1))
        .withMessage("batches: row 1 of x has 1 numbers: expected 2, as row 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(new float[][] {{1, Float.NaN}}, 0))
        .withMessage("batches: row 0 of x has NaN in column 1: expected finite numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Targets.labels(new int[] {1, 2, 3}, 2))
        .withMessageContaining("3 labels for 2 examples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(Tensor.zeros(Shape.of(2, 3)), Targets.labels(0, 1)))
        .withMessage("batch: [2, 3] with 2 labels: the last axis must be the number of labels");
    assertThat(Arrays.stream(LABELS).max().getAsInt()).isEqualTo(2); // not modified
  }
}
