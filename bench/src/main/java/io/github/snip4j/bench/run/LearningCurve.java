package io.github.snip4j.bench.run;

import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.nn.train.BestOnValidation;
import io.github.snip4j.nn.train.Callback;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Validates a training now and then, and keeps how it went. */
final class LearningCurve implements Callback {
  private static final int CHECKPOINT = 1000; // steps between those of the authors' code
  private static final int CHECKPOINTS = 5; // which that keeps
  private static final int MOST_POINTS = 500; // more than a screen can show

  private final BestOnValidation validation;
  private final Supplier<TrainingResult.Score> test;
  private final long every;
  private final long last;
  private SoFar soFar;

  /**
   * What is known between two steps.
   *
   * @param points ascending by step
   * @param lossSum of the steps since the last point
   * @param steps how many those are
   * @param tested the last checkpoints
   */
  record SoFar(
      List<TrainingResult.CurvePoint> points,
      double lossSum,
      int steps,
      List<TrainingResult.Tested> tested) {
    static final SoFar NOTHING = new SoFar(List.of(), 0, 0, List.of());

    /** Nothing may be missing. */
    SoFar {
      Objects.requireNonNull(points, "points");
      Objects.requireNonNull(tested, "tested");
    }
  }

  /**
   * Goes on from what there is.
   *
   * @param validation evaluates at the end of each epoch and at the last step
   * @param test evaluates on the test set
   * @param epoch its number of steps
   * @param last the step that ends the training
   */
  LearningCurve(
      BestOnValidation validation,
      Supplier<TrainingResult.Score> test,
      int epoch,
      long last,
      SoFar soFar) {
    this.validation = validation;
    this.test = test;
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
    List<TrainingResult.Tested> tested = tested(done.number());
    if (done.number() % every != 0 && done.number() != last) {
      soFar = new SoFar(soFar.points(), sum, steps, tested);
      return;
    }
    List<TrainingResult.CurvePoint> points = new ArrayList<>(soFar.points());
    TrainingResult.Score score = TrainingResult.Score.of(validation.latest());
    points.add(new TrainingResult.CurvePoint(done.number(), sum / steps, score));
    soFar = new SoFar(List.copyOf(points), 0, 0, tested);
  }

  /** The last checkpoints, with this one if it is of them. */
  private List<TrainingResult.Tested> tested(long step) {
    boolean isLast = step > (last / CHECKPOINT - CHECKPOINTS) * CHECKPOINT;
    if (step % CHECKPOINT != 0 || !isLast) {
      return soFar.tested();
    }
    List<TrainingResult.Tested> all = new ArrayList<>(soFar.tested());
    all.add(new TrainingResult.Tested(step, test.get()));
    return List.copyOf(all);
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
