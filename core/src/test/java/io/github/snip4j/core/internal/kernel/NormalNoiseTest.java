package io.github.snip4j.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalNoiseTest {
  private static final Seed SEED = new Seed(5);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 100, 20_001})
  void elementsAreBothCoordinatesOfTheSeedsDraws(int size) {
    Tensor z = NormalNoise.of(Shape.of(size), SEED);
    for (int i = 0; i < size; i++) {
      long pair = i / 2;
      double radius = Math.sqrt(-2 * Math.log(1 - SEED.uniform(2 * pair)));
      double angle = 2 * Math.PI * SEED.uniform(2 * pair + 1);
      double expected = radius * (i % 2 == 0 ? Math.cos(angle) : Math.sin(angle));
      assertThat((double) z.at(i)).as("element %s", i).isCloseTo(expected, within(5e-6));
      if (i % 2 == 0) {
        assertThat((double) z.at(i)).isCloseTo(SEED.normal(pair), within(5e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6})
  void momentsAreThoseOfTheStandardNormalDistribution(int power) {
    int n = 200_000;
    Tensor z = NormalNoise.of(Shape.of(n), SEED);
    double sum = 0;
    double odd = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.pow(z.at(i), power);
      odd += Math.pow(z.at(i), power - 1);
    }
    double expected = power == 2 ? 1 : power == 4 ? 3 : 15;
    assertThat(sum / n).isCloseTo(expected, within(0.05 * expected));
    assertThat(odd / n).isCloseTo(0, within(0.05 * expected));
  }
}
