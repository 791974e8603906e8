package io.github.snip4j.bench.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.nn.optim.Schedule;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleKindTest {
  @ParameterizedTest
  @CsvSource({
    "piecewise, 0,      0.2",
    "piecewise, 69999,  0.2",
    "piecewise, 70000,  0.02",
    "piecewise, 99999,  0.002",
    "step,      24999,  0.2",
    "step,      25000,  0.02",
    "step,      99999,  0.0002",
    "cosine,    0,      0.2",
    "cosine,    50000,  0.1",
    "cosine,    99999,  0",
    "constant,  99999,  0.2",
  })
  void theRateGoesWhereTheNameSays(String name, long step, double rate) {
    ScheduleKind schedule = ScheduleKind.valueOf(name.toUpperCase(Locale.ROOT));
    assertThat(schedule.create(0.2, 100_000, 0).at(step)).isCloseTo(rate, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void aWarmUpComesBeforeAndTheRestIsForTheStepsThatAreLeft(ScheduleKind name) {
    Schedule warm = name.create(0.2, 100_000, 1_000);
    Schedule plain = name.create(0.2, 99_000, 0);
    assertThat(warm.at(0)).isCloseTo(0.0002, within(1e-12));
    assertThat(warm.at(499)).isCloseTo(0.1, within(1e-12));
    for (long step = 0; step < 99_000; step += 500) {
      assertThat(warm.at(1_000 + step)).isEqualTo(plain.at(step));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theRateIsATenthFromEachDropOnAndTheSameBetween(ScheduleKind name) {
    Schedule schedule = name.create(0.2, 100_000, 1_000);
    for (long drop : name.dropsAt(100_000, 1_000)) {
      assertThat(schedule.at(drop)).isCloseTo(schedule.at(drop - 1) / 10, within(1e-12));
    }
  }

  @Test
  void dropsAreWithinTheTraining() {
    assertThat(ScheduleKind.PIECEWISE.dropsAt(16_200, 0)).containsExactly(11_340L, 14_580L);
    assertThat(ScheduleKind.STEP.dropsAt(75_000, 0)).containsExactly(25_000L, 50_000L);
    assertThat(ScheduleKind.STEP.dropsAt(75_000, 100)).containsExactly(25_100L, 50_100L);
    assertThat(ScheduleKind.COSINE.dropsAt(75_000, 0)).isEmpty();
    assertThat(ScheduleKind.CONSTANT.dropsAt(75_000, 0)).isEmpty();
  }
}
