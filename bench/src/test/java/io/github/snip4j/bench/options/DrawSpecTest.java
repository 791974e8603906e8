package io.github.snip4j.bench.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First weights have the deviation that an initialiser says, of what is scored and trained. */
class DrawSpecTest {
  private static final Model MODEL = Objects.requireNonNull(Models.named("lenet-300-100"));
  private static final Seed SEED = new Seed(3);

  @ParameterizedTest
  @CsvSource({ // of a weight of 300 rows of 784
    "lecun, 0.035714",
    "glorot, 0.042954", // sqrt(2 / (784 + 300))
    "he, 0.050508", // sqrt(2 / 784)
    "normal, 1",
    "normal:0.1, 0.1",
    "truncated-normal:0.1, 0.087963", // cut off at 2 deviations
    "orthogonal, 0.035714" // rows of length 1
  })
  void weightsHaveTheDeviationOfTheirInitializer(String word, double deviation) {
    DrawSpec spec = new DrawSpec("lecun", word, DrawSpec.FirstBiases.ZERO);
    assertThat(deviation(spec.scored(MODEL, SEED), "fc1.weight"))
        .isCloseTo(deviation, within(0.005 * deviation));
    assertThat(deviation(spec.trained(MODEL, SEED), "fc1.weight"))
        .isCloseTo(0.035714, within(2e-4));
    assertThat(deviation(spec.scored(MODEL, SEED), "fc1.bias")).isZero();
    assertThat(spec.scoresAnother()).isTrue();
    DrawSpec alone = new DrawSpec(word, null, DrawSpec.FirstBiases.ZERO);
    assertThat(alone.scoresAnother()).isFalse();
    assertThat(deviation(alone.trained(MODEL, SEED), "fc1.weight"))
        .isCloseTo(deviation, within(0.005 * deviation));
  }

  @Test
  void biasesThatAreDrawnHaveVarianceOneOverTheirNumber() {
    Network network = new DrawSpec("lecun", null, DrawSpec.FirstBiases.DRAWN).scored(MODEL, SEED);
    assertThat(deviation(network, "fc1.bias")).isCloseTo(Math.sqrt(1 / 300.0), within(0.006));
    assertThat(deviation(network, "fc2.bias")).isCloseTo(0.1, within(0.02));
    assertThat(network.parameter("fc1.weight").value().toArray())
        .isEqualTo(DrawSpec.USUAL.scored(MODEL, SEED).parameter("fc1.weight").value().toArray());
  }

  private static double deviation(Network network, String parameter) {
    Tensor value = network.parameter(parameter).value();
    double squares = 0;
    for (int i = 0; i < value.size(); i++) {
      squares += value.at(i) * (double) value.at(i);
    }
    return Math.sqrt(squares / value.size());
  }
}
