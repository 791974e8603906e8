package io.github.snip4j.bench.options;

import io.github.snip4j.nn.optim.Schedule;
import java.util.List;
import java.util.stream.LongStream;

/** The learning rate schedules that can be chosen by name. */
public enum ScheduleKind {
  /** A tenth from 70 % of the steps on, a hundredth from 90 %. */
  PIECEWISE,
  /** A tenth every 25,000 steps, as in the paper. */
  STEP,
  /** Down to 0 in half a cosine wave. */
  COSINE,
  /** One rate for all steps, as the authors' command line. */
  CONSTANT;

  private static final double DROP = 0.1;
  private static final long PAPERS_INTERVAL = 25_000;

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
          case STEP -> Schedule.step(rate, DROP, PAPERS_INTERVAL);
          case COSINE -> Schedule.cosine(rate, 0, rest);
          case CONSTANT -> Schedule.constant(rate);
        };
    return schedule.afterWarmUp(warmUp);
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
          case STEP ->
              LongStream.iterate(PAPERS_INTERVAL, at -> at < rest, at -> at + PAPERS_INTERVAL);
          case COSINE, CONSTANT -> LongStream.empty();
        };
    return drops.map(at -> warmUp + at).boxed().toList();
  }
}
