package io.github.snip4j.bench.run;

import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.nn.train.BestOnValidation;
import io.github.snip4j.nn.train.Callback;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Validates a training now and then, and keeps how it went. */
final class LearningCurve implements Callback {
  private static final int MOST_POINTS = 500; // more than a screen can show

  private final BestOnValidation validation;
  private final long every;
  private final long last;
  private SoFar soFar;

  /**
   * What is known between two steps.
   *
   * @param points ascending by step
   * @param lossSum of the steps since the last point
   * @param steps how many those are
   */
  record SoFar(List<TrainingResult.CurvePoint> points, double lossSum, int steps) {
    static final SoFar NOTHING = new SoFar(List.of(), 0, 0);

    /** Nothing may be missing. */
    SoFar {
      Objects.requireNonNull(points, "points");
    }
  }

  /**
   * Goes on from what there is.
   *
   * @param validation evaluates at the end of each epoch and at the last step
   * @param epoch its number of steps
   * @param last the step that ends the training
   */
  LearningCurve(BestOnValidation validation, int epoch, long last, SoFar soFar) {
    this.validation = validation;
    this.every = between(epoch, last);
    this.last = last;
    this.soFar = soFar;
  }

  /** Steps from point to point: an epoch, or several where there would be too many. */
  static long between(int epoch, long last) {
    long epochs = (last - 1) / epoch + 1;
    return epoch * ((epochs - 1) / MOST_POINTS + 1);
  }

  @Override
  public void afterStep(Step done) {
    validation.afterStep(done);
    double sum = soFar.lossSum() + done.loss();
    int steps = soFar.steps() + 1;
    if (done.number() % every != 0 && done.number() != last) {
      soFar = new SoFar(soFar.points(), sum, steps);
      return;
    }
    List<TrainingResult.CurvePoint> points = new ArrayList<>(soFar.points());
    TrainingResult.Score score = TrainingResult.Score.of(validation.latest());
    points.add(new TrainingResult.CurvePoint(done.number(), sum / steps, score));
    soFar = new SoFar(List.copyOf(points), 0, 0);
  }

  /** What there is until now. */
  SoFar soFar() {
    return soFar;
  }

  /** The network when it did best on validation. */
  BestOnValidation.Best best() {
    return validation.best();
  }
}
