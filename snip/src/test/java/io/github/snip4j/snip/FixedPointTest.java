package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums in fixed point, beside those of decimals of any length. */
class FixedPointTest {
  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        1,
        -1,
        0x1p-149,
        -0x1p-149,
        0x3p-149,
        0x1p-126,
        0x1p-85,
        -0x1p-85,
        0x1p-22,
        0x1p41,
        -0x1p41,
        0x1.fffffep-85,
        0x1.fffffffffffffp41,
        -0x1.fffffffffffffp41,
        0.1f,
        -3.7f
      })
  void oneNumberIsItself(double value) {
    long[] numbers = new long[3 * FixedPoint.LONGS];
    FixedPoint.add(numbers, 1, value);
    assertThat(FixedPoint.value(numbers, 1)).isEqualTo(value);
    assertThat(FixedPoint.value(numbers, 0)).isZero();
    assertThat(FixedPoint.value(numbers, 2)).isZero();
    FixedPoint.add(numbers, 1, -value);
    assertThat(numbers).containsOnly(0);
  }

  /** Floats of all magnitudes, of both signs, so that carries go both ways through all longs. */
  @Test
  void sumsAreExact() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 300; trial++) {
      long[] numbers = new long[FixedPoint.LONGS];
      long[] others = new long[FixedPoint.LONGS];
      BigDecimal exact = BigDecimal.ZERO;
      int least = random.nextInt(-149, 20);
      for (int i = 0; i < 200; i++) {
        float value =
            (float)
                Math.scalb(
                    random.nextDouble(-1, 1), random.nextInt(least, Math.min(21, least + 60)));
        int examples = random.nextInt(1, 1000);
        FixedPoint.add(random.nextBoolean() ? numbers : others, 0, (double) value * examples);
        exact = exact.add(new BigDecimal(value).multiply(BigDecimal.valueOf(examples)));
      }
      FixedPoint.add(numbers, 0, others);
      assertThat(FixedPoint.value(numbers, 0)).isEqualTo(exact.doubleValue());
    }
  }
}
