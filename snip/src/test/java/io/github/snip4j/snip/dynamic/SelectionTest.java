package io.github.snip4j.snip.dynamic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest of many magnitudes, against sorting. */
class SelectionTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 1000})
  void selectsWhatSortingSelectsWithManyTies(int size) {
    Seed seed = new Seed(size);
    Tensor t = Tensor.zeros(Shape.of(size));
    for (int i = 0; i < size; i++) {
      float few = seed.below(i, 5) - 2; // -2 to 2
      t.put(i, i % 3 == 0 ? few : few * (float) seed.uniform(i) * 1e-30f);
    }
    int[] byMagnitude =
        IntStream.range(0, size)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> -Math.abs(t.at(i)))
                    .thenComparing(Comparator.naturalOrder()))
            .mapToInt(i -> i)
            .toArray();
    for (int count = 0; count <= size; count += Math.max(1, size / 100)) {
      int[] expected = IntStream.of(byMagnitude).limit(count).sorted().toArray();
      assertThat(Selection.largest(Selection.magnitudes(t), count)).isEqualTo(expected);
    }
  }

  @Test
  void neverSelectsWhatIsNotToBeSelected() {
    int[] keys = Selection.magnitudes(Tensor.of(Shape.of(5), 9, 0, 0, -3, 8));
    keys[0] = Selection.NEVER;
    keys[4] = Selection.NEVER;
    assertThat(Selection.largest(keys, 2)).containsExactly(1, 3);
    assertThat(Selection.largest(keys, 3)).containsExactly(1, 2, 3);
  }

  /** Also where a sample of every fifth element sees the smallest alone, or the largest alone. */
  @ParameterizedTest
  @ValueSource(floats = {1e-6f, 1, 1e6f})
  void selectsFewOfManyWhateverTheSampleSees(float everyFifth) {
    Seed seed = new Seed(7);
    Tensor t = Tensor.zeros(Shape.of(5 * 4096));
    for (int i = 0; i < t.size(); i++) {
      t.put(i, (i % 5 == 0 ? everyFifth : 1) * (seed.below(i, 2001) - 1000));
    }
    int[] never = IntStream.range(0, t.size()).filter(i -> seed.below(i, 9) == 0).toArray();
    int[] keys = Selection.magnitudes(t);
    for (int position : never) {
      keys[position] = Selection.NEVER;
    }
    for (int count : new int[] {0, 1, 50, 300, 5000, t.size() - never.length}) {
      int[] expected = Selection.largest(keys, count);
      assertThat(Selection.largest(t, never, count)).isEqualTo(expected);
    }
  }

  @Test
  void countsWhatIsNew() {
    assertThat(Selection.newIn(new int[] {1, 4, 6, 9}, new int[] {0, 4, 5, 9})).isEqualTo(2);
    assertThat(Selection.newIn(new int[] {}, new int[] {1})).isZero();
    assertThat(Selection.newIn(new int[] {3}, new int[] {})).isEqualTo(1);
  }
}
