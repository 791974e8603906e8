package io.github.snip4j.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedTest {
  private static final int DRAWS = 200_000;
  private final Seed seed = new Seed(17);

  @Test
  void drawsAreSplitMix64() { // first outputs of the published generator from state 0
    Seed zero = new Seed(0);
    assertThat(zero.bits(0)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(zero.bits(1)).isEqualTo(0x6E789E6AA1B965F4L);
    assertThat(zero.bits(2)).isEqualTo(0x06C45D188009454FL);
  }

  @Test
  void childrenDifferByPurposeAndIndex() {
    long distinct =
        LongStream.concat(
                LongStream.range(0, 1000).map(i -> seed.child(i).value()),
                LongStream.range(0, 1000).map(i -> seed.child("purpose" + i).value()))
            .distinct()
            .count();
    assertThat(distinct).isEqualTo(2000);
    assertThat(seed.child("fc1.weight")).isEqualTo(new Seed(17).child("fc1.weight"));
    assertThat(seed.child("a").child("b")).isNotEqualTo(seed.child("b").child("a"));
  }

  @Test
  void uniformHasTheMomentsOfAUniform() {
    assertThat(mean(seed::uniform)).isCloseTo(0.5, within(0.003));
    assertThat(mean(i -> Math.pow(seed.uniform(i) - 0.5, 2))).isCloseTo(1 / 12.0, within(0.001));
    assertThat(LongStream.range(0, DRAWS).mapToDouble(seed::uniform))
        .allMatch(u -> u >= 0 && u < 1);
  }

  @Test
  void normalHasTheMomentsOfANormal() {
    assertThat(mean(seed::normal)).isCloseTo(0, within(0.01));
    assertThat(mean(i -> Math.pow(seed.normal(i), 2))).isCloseTo(1, within(0.015));
    assertThat(mean(i -> Math.pow(seed.normal(i), 4))).isCloseTo(3, within(0.1));
  }

  @Test
  void truncatedNormalStaysWithinTwoAndHasItsDeviation() {
    assertThat(LongStream.range(0, DRAWS).mapToDouble(seed::truncatedNormal))
        .allMatch(z -> Math.abs(z) <= 2);
    assertThat(Math.sqrt(mean(i -> Math.pow(seed.truncatedNormal(i), 2))))
        .isCloseTo(0.8796256610342398, within(0.005));
  }

  @Test
  void permutationIsOneAndEveryPlaceIsEquallyLikely() {
    int[] sorted = seed.permutation(1000);
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(seed.permutation(0)).isEmpty();
    int[] first = new int[5];
    for (int i = 0; i < 50_000; i++) {
      first[seed.child(i).permutation(5)[0]]++;
    }
    assertThat(Arrays.stream(first)).allMatch(count -> Math.abs(count - 10_000) < 500);
  }

  @Test
  void belowStaysBelow() {
    assertThat(IntStream.range(0, 10_000).map(i -> seed.below(i, 7)))
        .allMatch(v -> v >= 0 && v < 7);
    assertThatIllegalArgumentException().isThrownBy(() -> seed.below(0, 0));
  }

  private static double mean(LongToDoubleFunction draw) {
    return LongStream.range(0, DRAWS).mapToDouble(draw).average().orElseThrow();
  }
}
