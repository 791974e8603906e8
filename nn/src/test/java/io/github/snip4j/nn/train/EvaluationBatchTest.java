package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Constant;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import org.junit.jupiter.api.Test;

class EvaluationBatchTest {
  private static Network wide(int units) {
    Seed seed = new Seed(1);
    return new Network(
        "wide",
        Shape.of(1),
        1,
        new Sequential(
            new Linear("fc1", 1, units, Constant.ZEROS, seed),
            new Relu(),
            new Linear("fc2", units, 1, Constant.ZEROS, seed)));
  }

  @Test
  void aNetworkIsEvaluatedOnAsManyExamplesAsFitIntoHalfTheMemory() {
    assertThat(Evaluation.batchSize(wide(100), 1000)).isEqualTo(1000);
    long half = Runtime.getRuntime().maxMemory() / 2;
    int units = 1 << 18;
    long each = 2L * Float.BYTES * units; // fc1 and what ReLU makes of it
    int most = Math.toIntExact(4 * half / each); // four times as many as fit
    int size = Evaluation.batchSize(wide(units), most);
    assertThat(size).isLessThan(most);
    assertThat(size * each).isBetween(half / 3, half);
  }
}
