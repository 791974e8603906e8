package io.github.snip4j.bench.options;

import io.github.snip4j.nn.optim.Schedule;
import java.util.List;
import java.util.stream.LongStream;

/** The learning rate schedules that can be chosen by name. */
public enum ScheduleKind {
  /** A tenth from 70 % of the steps on, a hundredth from 90 %. */
  PIECEWISE,
  /** A tenth every 25,000 steps, as in the paper on MNIST. */
  STEP,
  /** A tenth every 30,000 steps, as in the paper on CIFAR-10. */
  STEP_30K,
  /** Down to 0 in half a cosine wave. */
  COSINE,
  /** One rate for all steps, as the authors' command line. */
  CONSTANT;

  private static final double DROP = 0.1;

  /**
   * The schedule of a training.
   *
   * @param rate where it begins, or what the warm-up leads to
   * @param steps of the whole training
   * @param warmUp how many of them come before; fewer
   */
  public Schedule create(double rate, long steps, long warmUp) {
    long rest = steps - warmUp;
    Schedule schedule =
        switch (this) {
          case PIECEWISE -> Schedule.piecewise(rate, DROP, rest * 7 / 10, rest * 9 / 10);
          case STEP, STEP_30K -> Schedule.step(rate, DROP, interval());
          case COSINE -> Schedule.cosine(rate, 0, rest);
          case CONSTANT -> Schedule.constant(rate);
        };
    return schedule.afterWarmUp(warmUp);
  }

  /** Steps from one drop of the paper's schedules to the next. */
  private long interval() {
    return this == STEP ? 25_000 : 30_000;
  }

  /**
   * The schedule of a retraining: {@link #create} without warm-up, but that {@link #PIECEWISE} goes
   * down to a tenth from 60 % of the steps on.
   *
   * @param rate where it begins
   */
  public Schedule retraining(double rate, long steps) {
    return this == PIECEWISE
        ? Schedule.piecewise(rate, DROP, steps * 6 / 10, steps * 9 / 10)
        : create(rate, steps, 0);
  }

  /** The steps from which on the rate of a {@link #retraining} is a tenth of what it was. */
  public List<Long> retrainingDropsAt(long steps) {
    return this == PIECEWISE ? List.of(steps * 6 / 10, steps * 9 / 10) : dropsAt(steps, 0);
  }

  /**
   * The steps from which on the rate is a tenth of what it was.
   *
   * @param steps of the whole training
   * @param warmUp how many of them come before the schedule
   */
  public List<Long> dropsAt(long steps, long warmUp) {
    long rest = steps - warmUp;
    LongStream drops =
        switch (this) {
          case PIECEWISE -> LongStream.of(rest * 7 / 10, rest * 9 / 10);
          case STEP, STEP_30K ->
              LongStream.iterate(interval(), at -> at < rest, at -> at + interval());
          case COSINE, CONSTANT -> LongStream.empty();
        };
    return drops.map(at -> warmUp + at).boxed().toList();
  }
}
