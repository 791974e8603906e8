package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.layer.Flatten;
import org.junit.jupiter.api.Test;

/** Metrics of a network that answers what it is given, counted by hand. */
class MetricsTest {
  private static final Network SAME = new Network("same", Shape.of(3), 3, new Flatten());
  private static final float[][] LOGITS = {
    {3, 2, 1}, // 0
    {1, 3, 2}, // 1
    {2, 3, 1}, // 1
    {1, 2, 3}, // 2
    {2, 2, 1}, // 0, the first of equal ones
  };
  private static final int[] LABELS = {0, 1, 0, 0, 1};

  @Test
  void confusion() {
    ConfusionMatrix matrix = ConfusionMatrix.of(SAME, Batches.of(LOGITS, LABELS).inOrder(2));
    assertThat(matrix.counts()).hasToString("[[1, 1, 1], [1, 1, 0], [0, 0, 0]]");
    assertThat(matrix.error()).isCloseTo(0.6, within(1e-12));
    assertThat(matrix.precision(0)).isEqualTo(0.5);
    assertThat(matrix.recall(0)).isEqualTo(1.0 / 3);
    assertThat(matrix.f1(0)).isEqualTo(0.4);
    assertThat(matrix.recall(2)).isNaN();
    assertThat(matrix.precision(2)).isEqualTo(0);
  }

  @Test
  void top() {
    Batches batches = Batches.of(LOGITS, LABELS);
    assertThat(TopError.of(SAME, batches.inOrder(2), 1)).isEqualTo(0.6);
    assertThat(TopError.of(SAME, batches.inOrder(2), 2)).isEqualTo(0.2);
    assertThat(TopError.of(SAME, batches.inOrder(2), 3)).isEqualTo(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopError.of(SAME, batches.inOrder(2), 4))
        .withMessage("top-4 error: expected 1 to 3");
  }

  @Test
  void regression() {
    float[][] x = {{1, 2, 3}, {3, 2, 1}};
    float[][] t = {{1, 2, 5}, {2, 2, 1}};
    RegressionMetrics metrics = RegressionMetrics.of(SAME, Batches.of(x, t).inOrder(1));
    assertThat(metrics.rmse()).isCloseTo(Math.sqrt(5.0 / 6), within(1e-12));
    assertThat(metrics.mae()).isCloseTo(0.5, within(1e-12));
    assertThat(metrics.r2()).isCloseTo(1 - 5.0 / 8.5, within(1e-12)); // spreads 1/2, 0 and 8
  }
}
