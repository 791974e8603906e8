package io.github.snip4j.bench.result;

/**
 * How many seconds of a training each part of it took, interruptions not counted.
 *
 * @param training all of them
 * @param steps in steps
 * @param waiting of these, for data
 * @param checkpoints in writing checkpoints
 */
public record TimeBreakdown(double training, double steps, double waiting, double checkpoints) {
  public static final TimeBreakdown NOTHING = new TimeBreakdown(0, 0, 0, 0);

  public TimeBreakdown plus(TimeBreakdown other) {
    return new TimeBreakdown(
        training + other.training,
        steps + other.steps,
        waiting + other.waiting,
        checkpoints + other.checkpoints);
  }
}
