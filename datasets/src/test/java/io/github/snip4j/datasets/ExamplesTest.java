package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.augment.Augmentation;
import io.github.snip4j.datasets.augment.Augmentations;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of colour pictures: normalised, sampled, augmented, relabelled. */
class ExamplesTest {
  private final Dataset data = SyntheticPictures.noise(130, 10, 3, 9, 11);
  private final Splits splits = Splits.of(data, data, new Seed(1));
  private final Examples train = splits.train();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 31, 117})
  void everyChannelIsNormalizedByItsOwnStatistics(int batchSize) {
    Normalization normalization = Normalization.of(data);
    assertThat(normalization.means()).hasSize(3).doesNotHaveDuplicates();
    Batch batch = splits.test().inOrder(batchSize).at(0);
    for (int i = 0; i < batchSize; i++) {
      for (int p = 0; p < 297; p++) {
        double pixel = data.pixel(i, p) / 255.0;
        int c = p / 99;
        assertThat(batch.x().at(p * batchSize + i))
            .isEqualTo(
                (float)
                    ((pixel - normalization.means().get(c)) / normalization.deviations().get(c)));
      }
    }
  }

  @Test
  void examplesOfAClassAreCountedAmongThose() {
    int[] labels = train.inOrder(train.size()).at(0).labels();
    int all = 0;
    for (int k = 0; k < data.classes(); k++) {
      int label = k;
      assertThat(train.count(k))
          .isEqualTo((int) Arrays.stream(labels).filter(l -> l == label).count());
      all += train.count(k);
    }
    assertThat(all).isEqualTo(train.size()).isLessThan(data.size());
  }

  @Test
  void aNumberGoesBackToItsPixel() {
    float[] table = train.normalization().table();
    for (int i = 0; i < table.length; i++) {
      assertThat(train.normalization().pixel(table[i], i / 256)).isEqualTo(i % 256);
    }
  }

  @Test
  void anAugmentedBatchHoldsTheSameExamplesWhateverItsSize() {
    Augmentation augmentation = Augmentations.affine();
    ReusableBatches small = train.shuffled(13, new Seed(3), augmentation);
    ReusableBatches large = train.shuffled(39, new Seed(3), augmentation);
    Batch first = large.at(3); // the second epoch
    for (int j = 0; j < 3; j++) {
      Batch part = small.at(9 + j);
      for (int i = 0; i < 13; i++) {
        assertThat(example(part, i)).isEqualTo(example(first, 13 * j + i));
        assertThat(part.labels()[i]).isEqualTo(first.labels()[13 * j + i]);
      }
    }
  }

  @Test
  void partsOfBatchesAreThoseOfTheWholeOnes() {
    ReusableBatches whole = train.shuffled(50, new Seed(3), Augmentations.affine());
    for (int parts : new int[] {3, 20}) { // of 50, 50 and 17 examples
      for (int part = 0; part < parts; part++) {
        ReusableBatches some = whole.part(part, parts);
        Batch old = null;
        for (long step = 0; step < 7; step++) {
          Batch expected = whole.at(step).part(part, parts);
          old = some.at(step, old);
          assertThat(old.labels()).isEqualTo(expected.labels());
          assertThat(old.x().shape()).isEqualTo(expected.x().shape());
          assertThat(old.x().toArray()).isEqualTo(expected.x().toArray());
        }
      }
    }
    assertThat(whole.part(1, 3).batchesPerEpoch()).isEqualTo(3);
    assertThatIllegalArgumentException().isThrownBy(() -> whole.part(3, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> whole.part(0, 3).part(0, 3));
  }

  @Test
  void augmentationChangesFromEpochToEpochButNotTheOrder() {
    ReusableBatches plain = train.shuffled(117, new Seed(3));
    ReusableBatches augmented = train.shuffled(117, new Seed(3), Augmentations.paper());
    assertThat(augmented.at(0).labels()).isEqualTo(plain.at(0).labels());
    assertThat(augmented.at(0).x().toArray()).isNotEqualTo(augmented.at(1).x().toArray());
    assertThat(train.shuffled(117, new Seed(3), Augmentations.paper()).at(1).x().toArray())
        .isEqualTo(augmented.at(1).x().toArray());
    ReusableBatches never = train.shuffled(117, new Seed(3), (transform, seed) -> {});
    assertThat(never.at(1).x().toArray()).isEqualTo(plain.at(1).x().toArray());
  }

  @Test
  void anOldBatchIsWrittenOverIfItFits() {
    ReusableBatches source = train.shuffled(50, new Seed(3), Augmentations.paper());
    Batch old = source.at(0);
    float[] second = source.at(1).x().toArray();
    int[] labels = source.at(1).labels().clone();
    Batch again = source.at(1, old);
    assertThat(again.x().data()).isSameAs(old.x().data());
    assertThat(again.x().toArray()).isEqualTo(second);
    assertThat(again.labels()).isEqualTo(labels);
    Batch last = source.at(2, old); // only 17 are left
    assertThat(last.size()).isEqualTo(17);
    assertThat(last.x().data()).isNotSameAs(old.x().data());
  }

  @Test
  void aBalancedSampleHasAsManyOfEachClass() {
    int[] counts = counts(train.sample(50, Sampling.balanced(), new Seed(2)));
    assertThat(counts).hasSize(10).containsOnly(5);
    counts = counts(train.sample(57, Sampling.balanced(), new Seed(2)));
    assertThat(counts).containsOnly(5, 6);
    assertThat(counts(train.sample(3, Sampling.balanced(), new Seed(2)))).containsOnly(0, 1);
    assertThat(train.sample(50, Sampling.balanced(), new Seed(2)).labels())
        .isEqualTo(train.sample(50, Sampling.balanced(), new Seed(2)).labels())
        .isNotEqualTo(train.sample(50, Sampling.balanced(), new Seed(3)).labels());
  }

  @Test
  void aSampleOfOneClassHasNoOther() {
    Batch batch = train.sample(8, Sampling.ofClass(4), new Seed(2));
    assertThat(batch.labels()).containsOnly(4);
    long different =
        IntStream.range(0, 8).mapToObj(i -> Arrays.toString(example(batch, i))).distinct().count();
    assertThat(different).isEqualTo(8);
  }

  @Test
  void samplesThatCannotBeHadAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> train.sample(50, Sampling.ofClass(4), new Seed(2)))
        .withMessageMatching("sampling: 50 of class 4 wanted, but there are only 1[0-3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> train.sample(1, Sampling.ofClass(10), new Seed(2)))
        .withMessage("sampling: class 10: expected 0 to 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> train.sample(117, Sampling.balanced(), new Seed(2)))
        .withMessageStartingWith("sampling: a class has too few of the 117 examples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> splits.limited(118))
        .withMessage("118 examples: expected 1 to 117, all there are");
  }

  @Test
  void aLimitKeepsTheOtherPartsAndTheNormalization() {
    Splits limited = splits.limited(20);
    assertThat(limited.train().size()).isEqualTo(20);
    assertThat(limited.validation()).isSameAs(splits.validation());
    assertThat(limited.train().normalization()).isEqualTo(train.normalization());
    assertThat(limited.train().inOrder(20).at(0).x().toArray())
        .isEqualTo(train.inOrder(20).at(0).x().toArray());
  }

  @Test
  void randomLabelsStayWithTheirPicturesAndSpareTheTestSet() {
    Splits random = splits.withRandomLabels(new Seed(4));
    int[] before = train.inOrder(117).at(0).labels();
    int[] after = random.train().inOrder(117).at(0).labels();
    long same = IntStream.range(0, 117).filter(i -> before[i] == after[i]).count();
    assertThat(same).isBetween(2L, 25L); // a tenth by chance
    assertThat(random.train().inOrder(117).at(0).x().toArray())
        .isEqualTo(train.inOrder(117).at(0).x().toArray());
    assertThat(random.train().inOrder(117).at(5).labels()).isEqualTo(after);
    assertThat(random.validation().data()).isSameAs(random.train().data());
    assertThat(random.test()).isSameAs(splits.test());
  }

  @Test
  void invertedPicturesNormalizeToTheNegative() {
    Splits inverted = new Pictures(data, data).inverted().split(new Seed(1));
    float[] plain = train.inOrder(117).at(0).x().toArray();
    float[] negative = inverted.train().inOrder(117).at(0).x().toArray();
    for (int i = 0; i < plain.length; i++) {
      assertThat(negative[i]).isCloseTo(-plain[i], within(1e-5f));
    }
  }

  private static float[] example(Batch batch, int i) {
    int n = batch.size();
    float[] values = new float[batch.x().size() / n];
    for (int p = 0; p < values.length; p++) {
      values[p] = batch.x().at(p * n + i);
    }
    return values;
  }

  private static int[] counts(Batch batch) {
    int[] counts = new int[10];
    for (int label : batch.labels()) {
      counts[label]++;
    }
    return counts;
  }
}
