package io.github.snip4j.snip.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes, what grows, how much where, and when: by hand. */
class RulesTest {
  private static final Shape SHAPE = Shape.of(2, 4);

  @Test
  void theSmallestMagnitudesGo() {
    Tensor values = Tensor.of(Shape.of(6), 0.5f, -0.1f, 0.3f, -0.9f, 0.2f, -0.3f);
    // 0.4 of 6 is 2.4: two go, -0.1 and 0.2
    assertThat(DropRule.smallestMagnitude().survivors(values, 0.4)).containsExactly(0, 2, 3, 5);
    // three go: of 0.3 and -0.3 the one with the lower index stays
    assertThat(DropRule.smallestMagnitude().survivors(values, 0.5)).containsExactly(0, 2, 3);
    assertThat(DropRule.smallestMagnitude().survivors(values, 0.1)).hasSize(6);
  }

  @Test
  void theNearestToZeroOfEachSignGo() {
    Tensor values = Tensor.of(Shape.of(7), 0.5f, -0.1f, 0.3f, -0.9f, 0.2f, -0.3f, 0f);
    // positive: 0.5 0.3 0.2 0, two go: 0.2 and 0; negative: -0.1 -0.9 -0.3, one goes: -0.1
    assertThat(DropRule.nearestToZeroOfEachSign().survivors(values, 0.5))
        .containsExactly(0, 2, 3, 5);
    // by magnitude alone -0.1, 0 and 0.2 go as well; at 0.3 it is one positive and no negative
    assertThat(DropRule.nearestToZeroOfEachSign().survivors(values, 0.3))
        .containsExactly(0, 1, 2, 3, 4, 5);
    Tensor negative = Tensor.of(Shape.of(4), -4, -3, -2, -1);
    assertThat(DropRule.nearestToZeroOfEachSign().survivors(negative, 0.5)).containsExactly(0, 1);
  }

  @Test
  void connectionsGrowWhereTheEvidenceIsLargest() {
    Tensor gradient = Tensor.of(SHAPE, 9, -1, 5, 0, -7, 5, 2, -5);
    Vacancies vacancies =
        new Vacancies(Structure.of(SHAPE, 0, 3), new Seed(1), gradient); // 0 and 3 are taken
    assertThat(vacancies.count()).isEqualTo(6);
    assertThat(GrowRule.largestGradient().grow(vacancies, 1)).containsExactly(4);
    // |5|, |5| and |-5|: the lower indices
    assertThat(GrowRule.largestGradient().grow(vacancies, 3)).containsExactly(2, 4, 5);
    assertThat(GrowRule.largestMomentum().grow(vacancies, 6)).containsExactly(1, 2, 4, 5, 6, 7);
    assertThat(GrowRule.largestGradient().evidence()).isEqualTo(Evidence.GRADIENT);
    assertThat(GrowRule.largestMomentum().evidence()).isEqualTo(Evidence.MOMENTUM);
    assertThat(GrowRule.random().evidence()).isEqualTo(Evidence.NONE);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                GrowRule.largestGradient()
                    .grow(new Vacancies(Structure.of(SHAPE), new Seed(1), null), 1))
        .withMessageContaining("evidence that it does not ask for");
  }

  @Test
  void randomGrowthTakesEveryVacancyEquallyOftenAndNoneTwice() {
    Structure taken = Structure.of(SHAPE, 0, 3, 4);
    int[] times = new int[8];
    for (int i = 0; i < 10_000; i++) {
      int[] grown = GrowRule.random().grow(new Vacancies(taken, new Seed(i), null), 2);
      assertThat(grown[0]).isLessThan(grown[1]);
      times[grown[0]]++;
      times[grown[1]]++;
    }
    assertThat(times[0] + times[3] + times[4]).isZero();
    for (int vacant : new int[] {1, 2, 5, 6, 7}) {
      assertThat(times[vacant]).isBetween(3_800, 4_200); // 4,000, and 49 standard deviation
    }
    int[] all = GrowRule.random().grow(new Vacancies(taken, new Seed(5), null), 5);
    assertThat(all).containsExactly(1, 2, 5, 6, 7);
  }

  @Test
  void sharesBecomeWholeNumbersThatAddUpAndHaveRoom() {
    double[] shares = {3, 1, 0};
    int[] room = {100, 100, 100};
    assertThat(Redistribution.apportioned(shares, room, 8)).containsExactly(6, 2, 0);
    // 3/1, 3/3 and 1/1, the first of equal ones, 1/1
    assertThat(Redistribution.apportioned(shares, room, 3)).containsExactly(2, 1, 0);
    // the first has room for 2, the second for 3; then nobody with a share has any
    assertThat(Redistribution.apportioned(shares, new int[] {2, 3, 9}, 8)).containsExactly(2, 3, 3);
  }

  @Test
  void updatesAreDueInStepsAndFadeOutAlongACosine() {
    UpdateSchedule schedule = new UpdateSchedule(100, 150, 1_150, 0.4);
    assertThat(IntStream.rangeClosed(1, 2_000).filter(schedule::isDue))
        .containsExactly(200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_100);
    assertThat(schedule.fraction(150)).isCloseTo(0.4, within(1e-12));
    assertThat(schedule.fraction(650)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.fraction(1_150)).isCloseTo(0, within(1e-12));
    assertThat(schedule.fraction(400)).isCloseTo(0.2 * (1 + Math.sqrt(0.5)), within(1e-12));
    assertThat(UpdateSchedule.every(7, 20, 0.5).isDue(7)).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UpdateSchedule(0, 0, 10, 0.3))
        .withMessage("updates: every 0 steps: expected 1 step or more from one to the next");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UpdateSchedule(1, 10, 10, 0.3))
        .withMessageStartingWith("updates: from step 10 until step 10: expected");
    for (double fraction : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new UpdateSchedule(1, 0, 10, fraction))
          .withMessageContaining("expected more than 0 and less than 1");
    }
  }

  @Test
  void theRulesWithANameAreThePublishedOnes() {
    assertThat(MoveRules.set().needsMomentum()).isFalse();
    assertThat(MoveRules.set().needsWholeGradient()).isFalse();
    assertThat(MoveRules.rigl().needsWholeGradient()).isTrue();
    assertThat(MoveRules.rigl().needsMomentum()).isFalse();
    assertThat(MoveRules.sparseMomentum().needsMomentum()).isTrue();
    assertThat(MoveRules.set().with(Redistribution.GRADIENT).needsWholeGradient()).isFalse();
    assertThat(MoveRules.set().with(Redistribution.MOMENTUM).needsMomentum()).isTrue();
  }
}
