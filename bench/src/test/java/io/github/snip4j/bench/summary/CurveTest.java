package io.github.snip4j.bench.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static Curve curve(double... sparsityAndSpeedUp) {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < sparsityAndSpeedUp.length; i += 2) {
      points.add(new Curve.Point(sparsityAndSpeedUp[i], sparsityAndSpeedUp[i + 1]));
    }
    return new Curve("2x2", points);
  }

  @Test
  void breakEvenIsWhereTimesAreEqual() {
    // times per dense one: 1.5 at 50 %, 0.5 at 70 %
    Curve curve = curve(50, 1 / 1.5, 70, 2, 90, 8);
    assertThat(curve.breakEven()).isCloseTo(60, within(1e-9));
    assertThat(curve.breakEvenText()).isEqualTo("60 %");
  }

  @Test
  void aSpeedUpThatIsLostAgainDoesNotCount() {
    assertThat(curve(50, 1.1, 65, 0.5, 80, 2).breakEven()).isBetween(65.0, 80.0);
  }

  @Test
  void fasterThroughoutBreaksEvenBelowTheFirst() {
    Curve curve = curve(50, 1.2, 65, 1.5);
    assertThat(curve.breakEven()).isEqualTo(50);
    assertThat(curve.breakEvenText()).isEqualTo("< 50 %");
  }

  @Test
  void neverFasterNeverBreaksEven() {
    assertThat(curve(50, 0.1, 99, 0.9).breakEven()).isInfinite();
    assertThat(curve(50, 0.1, 99, 0.9).breakEvenText()).isEqualTo("none");
  }

  @Test
  void nothingMeasuredHasNone() {
    assertThat(curve().breakEven()).isNaN();
    assertThat(curve(95, 8).breakEvenText()).isEqualTo("-"); // it may lie anywhere below
  }
}
