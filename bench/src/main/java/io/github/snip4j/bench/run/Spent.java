package io.github.snip4j.bench.run;

/**
 * Where the seconds of a training went, interruptions not counted.
 *
 * @param training all of them
 * @param steps in steps
 * @param waiting of these, for data
 * @param checkpoints in writing checkpoints
 */
record Spent(double training, double steps, double waiting, double checkpoints) {
  static final Spent NOTHING = new Spent(0, 0, 0, 0);

  Spent plus(Spent other) {
    return new Spent(
        training + other.training,
        steps + other.steps,
        waiting + other.waiting,
        checkpoints + other.checkpoints);
  }
}
