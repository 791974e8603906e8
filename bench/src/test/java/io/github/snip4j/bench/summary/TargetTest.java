package io.github.snip4j.bench.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static Target.Case figure(double value) {
    return new Target.Case("at " + value, value);
  }

  @Test
  void oneMissIsAMiss() {
    Target target = Target.atLeast(2.5, "a", List.of(figure(2.5), figure(2.49), figure(9)));
    assertThat(target.verdict()).isEqualTo(Target.Verdict.MISSED);
    assertThat(target.worst()).contains(figure(2.49));
    assertThat(target.demand()).isEqualTo("at least 2.50x");
  }

  @Test
  void ofAtMostTheLargestIsTheWorst() {
    Target target = Target.atMost(65, "%", "a", List.of(figure(50), figure(64)));
    assertThat(target.verdict()).isEqualTo(Target.Verdict.MET);
    assertThat(target.worst()).contains(figure(64));
    assertThat(target.text(64)).isEqualTo("64 %");
  }

  @Test
  void whatWasNotMeasuredIsNeitherMetNorMissed() {
    Target target = Target.atLeast(1, "a", List.of(figure(2), figure(Double.NaN)));
    assertThat(target.verdict()).isEqualTo(Target.Verdict.NOT_MEASURED);
    assertThat(target.text(Double.NaN)).isEqualTo("-");
    assertThat(target.worst()).contains(figure(2));
  }

  @Test
  void neverReachedIsAMiss() {
    Target target = Target.atMost(65, "%", "a", List.of(figure(Double.POSITIVE_INFINITY)));
    assertThat(target.verdict()).isEqualTo(Target.Verdict.MISSED);
    assertThat(target.text(Double.POSITIVE_INFINITY)).isEqualTo("none");
  }
}
