package io.github.snip4j.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.train.BestOnValidation;
import io.github.snip4j.nn.train.Callback.Step;
import io.github.snip4j.nn.train.Evaluation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A curve is the same whether its training was interrupted or not, and has not too many points. */
class LearningCurveTest {
  private static final BatchSource NOISE =
      new BatchSource() {
        @Override
        public Batch at(long step) {
          return new Batch(RandomTensors.normal(5, 1, 28, 28, 2), new int[] {1, 2});
        }

        @Override
        public int batchesPerEpoch() {
          return 1;
        }
      };

  private int tests;
  private final Network network = LeNet300100.create(new Seed(1));

  @Test
  void aPointHasTheMeanLossOfItsStepsAndTheEvaluationOfItsLast() {
    LearningCurve curve = curve(3, 7, LearningCurve.SoFar.NOTHING);
    steps(curve, 1, 7);
    TrainingResult.Score score = TrainingResult.Score.of(Evaluation.of(network, NOISE));
    assertThat(curve.soFar().points())
        .containsExactly(
            new TrainingResult.CurvePoint(3, 2.0, score),
            new TrainingResult.CurvePoint(6, 5.0, score),
            new TrainingResult.CurvePoint(7, 7.0, score));
  }

  @Test
  void interruptedAnywhereItGoesOnToTheSame() {
    LearningCurve whole = curve(3, 7, LearningCurve.SoFar.NOTHING);
    steps(whole, 1, 7);
    for (int at = 1; at < 7; at++) {
      LearningCurve first = curve(3, 7, LearningCurve.SoFar.NOTHING);
      steps(first, 1, at);
      JsonElement saved = JsonParser.parseString(Json.write(first.soFar()));
      LearningCurve second = curve(3, 7, Json.read(saved, LearningCurve.SoFar.class));
      steps(second, at + 1, 7);
      assertThat(second.soFar()).isEqualTo(whole.soFar());
    }
  }

  @Test
  void longTrainingsHaveAPointForSeveralEpochs() {
    assertThat(LearningCurve.between(540, 16_200)).isEqualTo(540);
    assertThat(LearningCurve.between(3, 1_500)).isEqualTo(3);
    assertThat(LearningCurve.between(3, 1_501)).isEqualTo(6);
    for (long last : List.of(1L, 1_501L, 1_000_000L)) {
      assertThat((last - 1) / LearningCurve.between(3, last)).isLessThan(500);
    }
  }

  /** The authors' code has a checkpoint every 1,000 steps, and keeps five. */
  @Test
  void theLastFiveCheckpointsAreTested() {
    LearningCurve whole = curve(100_000, 16_200, LearningCurve.SoFar.NOTHING);
    steps(whole, 11_000, 13_500); // a checkpoint file is read in between
    JsonElement saved = JsonParser.parseString(Json.write(whole.soFar()));
    LearningCurve next = curve(100_000, 16_200, Json.read(saved, LearningCurve.SoFar.class));
    steps(next, 13_501, 16_200);
    assertThat(next.soFar().tested())
        .extracting(TrainingResult.Tested::step)
        .containsExactly(12_000L, 13_000L, 14_000L, 15_000L, 16_000L);
    assertThat(next.soFar().tested())
        .extracting(tested -> tested.test().loss())
        .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    LearningCurve brief = curve(100_000, 2_000, LearningCurve.SoFar.NOTHING);
    steps(brief, 1, 2_000);
    assertThat(brief.soFar().tested())
        .extracting(TrainingResult.Tested::step)
        .containsExactly(1_000L, 2_000L);
  }

  private LearningCurve curve(int epoch, long last, LearningCurve.SoFar soFar) {
    return new LearningCurve(
        new BestOnValidation(network, NOISE, epoch, last),
        () -> new TrainingResult.Score(0.25, tests++),
        epoch,
        last,
        soFar);
  }

  private static void steps(LearningCurve curve, int from, int to) {
    for (int i = from; i <= to; i++) {
      curve.afterStep(new Step(i, i, 0.1, 2));
    }
  }
}
