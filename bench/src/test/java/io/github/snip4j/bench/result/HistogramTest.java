package io.github.snip4j.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.bench.report.Scored;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every connection is in one bar, on its side of the cut. */
class HistogramTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 500, 999, 1000})
  void theCutLiesBetweenTwoBars(int kappa) {
    Tensor g = RandomTensors.normal(4, 20, 50);
    Scores scores = Scores.of(Map.of("w", g));
    Histogram histogram = Histogram.of(scores, Masks.keepTop(scores, kappa));

    assertThat(sum(histogram.kept())).isEqualTo(kappa);
    assertThat(sum(histogram.pruned())).isEqualTo(1000 - kappa);
    double bar = (Math.log10(histogram.cut()) - histogram.low()) / histogram.width();
    assertThat(bar).isCloseTo(Math.rint(bar), within(1e-9));
    int first = (int) Math.rint(bar);
    assertThat(sum(histogram.kept().subList(0, first))).isZero();
    assertThat(sum(histogram.pruned().subList(first, histogram.pruned().size()))).isZero();
    assertThat(Collections.max(histogram.kept().subList(first, histogram.kept().size())))
        .isPositive();
  }

  @Test
  void whatIsZeroOrFarBelowTheRestIsCounted() {
    float[] g = new float[1000];
    for (int i = 0; i < 1000; i++) {
      g[i] = i < 10 ? 0 : i == 10 ? 1e-30f : 1 + i;
    }
    Scores scores = Scores.of(Map.of("w", Tensor.of(Shape.of(1000), g)));
    Histogram histogram = Histogram.of(scores, Masks.keepTop(scores, 100));
    assertThat(histogram.zeros()).isEqualTo(10);
    assertThat(histogram.below()).isEqualTo(1);
    assertThat(histogram.width() * histogram.kept().size()).isBetween(1.5, 3.0); // decades
    assertThat(sum(histogram.kept()) + sum(histogram.pruned())).isEqualTo(990);
  }

  @Test
  void equalScoresOnBothSidesOfTheCutShareABar() {
    Scores scores = Scores.of(Map.of("w", Tensor.full(Shape.of(8), 2f)));
    Histogram histogram = Histogram.of(scores, Masks.keepTop(scores, 3));
    assertThat(histogram.kept()).containsOnly(3);
    assertThat(histogram.pruned()).containsOnly(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | The cut is at 0.25. Such a scale does not reach 0, so there is no bar for 1 connection with score 0 and 3 connections with a score below 0; none of these is kept.",
        "3 | The cut is at 0.13. Such a scale does not reach 0, so there is no bar for 1 connection with score 0 and 3 connections with a score below 0; none of these is kept.",
        "5 | The cut is not above 0, so all that are drawn are kept. Such a scale does not reach 0, so there is no bar for 1 connection with score 0 and 3 connections with a score below 0; 2 of these are kept.",
        "7 | The cut is not above 0, so all that are drawn are kept. Such a scale does not reach 0, so there is no bar for 1 connection with score 0 and 3 connections with a score below 0; all of these are kept.",
      })
  void whatALogarithmicScaleCannotShowIsTold(int kappa, String caption) {
    Tensor values = Tensor.of(Shape.of(7), -1, 2, 0, -1, 2, -1, 1);
    Scores scores = Scores.signed(Map.of("w", values));
    Histogram histogram = Histogram.of(scores, Masks.keepTop(scores, kappa));
    assertThat(histogram.zeros()).isEqualTo(1);
    assertThat(histogram.negative()).isEqualTo(3);
    String page = new Scored("", histogram, kappa, true).html().markup();
    assertThat(page).contains("<figcaption>The scale is logarithmic. " + caption + "</figcaption>");
    assertThat(page.contains("\"cut\":")).as("a line at the cut").isEqualTo(kappa < 4);
  }

  @Test
  void whereEachLayerHasACutOfItsOwnNoneIsShown() {
    Scores scores = Scores.of(Map.of("w", RandomTensors.normal(4, 20, 50)));
    Histogram histogram = Histogram.of(scores, Masks.keepTop(scores, 100));
    String page = new Scored("", histogram, 100, false).html().markup();
    assertThat(page).contains("logarithmic. Each layer has a cut of its own.");
    assertThat(page).doesNotContain("\"cut\":");
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }
}
