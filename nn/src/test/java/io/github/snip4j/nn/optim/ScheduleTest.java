package io.github.snip4j.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @Test
  void piecewiseFallsAtEachBoundary() {
    Schedule schedule = Schedule.piecewise(0.1, 0.5, 10, 20);
    assertThat(schedule.at(9)).isEqualTo(0.1);
    assertThat(schedule.at(10)).isEqualTo(0.05);
    assertThat(schedule.at(25)).isEqualTo(0.025);
    assertThat(Schedule.constant(0.3).at(1_000_000)).isEqualTo(0.3);
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.piecewise(1, 1, 20, 10));
  }

  @Test
  void stepFallsAfterEachInterval() {
    Schedule schedule = Schedule.step(0.8, 0.5, 3);
    assertThat(schedule.at(0)).isEqualTo(0.8);
    assertThat(schedule.at(2)).isEqualTo(0.8);
    assertThat(schedule.at(3)).isEqualTo(0.4);
    assertThat(schedule.at(9)).isEqualTo(0.1);
  }

  @Test
  void cosineGoesFromTheFirstRateToTheLastAndStaysThere() {
    Schedule schedule = Schedule.cosine(0.5, 0.1, 60);
    assertThat(schedule.at(0)).isEqualTo(0.5);
    assertThat(schedule.at(20)).isCloseTo(0.4, within(1e-12)); // cos(pi / 3) = 1 / 2
    assertThat(schedule.at(30)).isCloseTo(0.3, within(1e-12));
    assertThat(schedule.at(60)).isEqualTo(0.1);
    assertThat(schedule.at(61)).isEqualTo(0.1);
  }

  @Test
  void aWarmUpRisesInEqualPartsAndThenTheScheduleBeginsAtItsStart() {
    Schedule schedule = Schedule.step(0.8, 0.5, 2).afterWarmUp(4);
    assertThat(schedule.at(0)).isEqualTo(0.2);
    assertThat(schedule.at(1)).isEqualTo(0.4);
    assertThat(schedule.at(3)).isEqualTo(0.8);
    assertThat(schedule.at(5)).isEqualTo(0.8);
    assertThat(schedule.at(6)).isEqualTo(0.4);
    assertThat(Schedule.constant(0.3).afterWarmUp(0).at(0)).isEqualTo(0.3);
  }

  @Test
  void constantsOutOfRangeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.step(0.1, 0.5, 0))
        .withMessage("step: rate 0.1, factor 0.5, interval 0: expected at least 0, 0 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.cosine(0.1, -1, 10))
        .withMessage("cosine: from 0.1 to -1.0 in 10 steps: expected at least 0, 0 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.constant(1).afterWarmUp(-1))
        .withMessage("warm-up: -1 steps is negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.piecewise(0.1, 0.1, -5))
        .withMessage("piecewise: boundaries [-5]: expected steps from 0 on, ascending");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void noScheduleTakesARateOrAFactorThatTrainingCannotUse(double wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.constant(wrong))
        .withMessage("constant: rate " + wrong + ": expected at least 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.piecewise(wrong, 0.1, 5))
        .withMessage("piecewise: rate " + wrong + ", factor 0.1: expected at least 0 and 0");
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.piecewise(0.1, wrong, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.step(wrong, 0.1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.step(0.1, wrong, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.cosine(wrong, 0.1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.cosine(0.1, wrong, 5));
  }
}
