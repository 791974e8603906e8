package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderStatisticTest {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NEGATIVE_INFINITY,
    Float.POSITIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.NaN
  };

  /** Many ties, many neighbours that differ in their last bits, and everything that is special. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 2_000})
  void isWhatSortingFinds(int size) {
    Random random = new Random(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (i % 4) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> 1 + random.nextInt(50) * Math.ulp(1f);
            case 2 -> random.nextInt(5) - 2;
            default -> (float) random.nextGaussian();
          };
    }
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    for (int n = 1; n <= size; n++) {
      float found = OrderStatistic.largest(values, n);
      assertThat(Float.floatToIntBits(found)).isEqualTo(Float.floatToIntBits(sorted[size - n]));
    }
    assertThat(OrderStatistic.above(new float[] {2, 0f, -0f, 3}, 0f)).isEqualTo(2);
  }
}
