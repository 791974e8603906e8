package io.github.snip4j.snip.dynamic;

/**
 * When connections are moved during a training, and how large a share of them.
 *
 * <p>The share falls along half a cosine, as in RigL [1]: after step t it is ζ / 2 (1 + cos(π (t -
 * from) / (until - from))), which is ζ at the beginning and 0 at the end. So the connections come
 * to rest before the training ends.
 *
 * <p>[1] Evci, Gale, Menick, Castro, Elsen, <i>Rigging the lottery: making all tickets winners</i>,
 * ICML 2020, section 3.
 *
 * @param every steps from one update to the next, at least 1
 * @param from the step after which updates may begin, at least 0
 * @param until the step after which there are none, larger than {@code from}
 * @param dropFraction ζ, the share of each parameter's connections that the first updates move; in
 *     (0, 1)
 */
public record UpdateSchedule(long every, long from, long until, double dropFraction) {
  /** Refuses what is no schedule. */
  public UpdateSchedule {
    if (every < 1) {
      throw new IllegalArgumentException(
          "updates: every " + every + " steps: expected 1 step or more from one to the next");
    }
    if (from < 0 || until <= from) {
      throw new IllegalArgumentException(
          ("updates: from step " + from + " until step " + until)
              + ": expected 0 or more, and an end after the beginning");
    }
    if (!(dropFraction > 0 && dropFraction < 1)) {
      throw new IllegalArgumentException(
          "updates: drop fraction " + dropFraction + ": expected more than 0 and less than 1");
    }
  }

  /** Updates from the beginning on. */
  public static UpdateSchedule every(long steps, long until, double dropFraction) {
    return new UpdateSchedule(steps, 0, until, dropFraction);
  }

  /** Whether connections move after this step, counted from 1. */
  public boolean isDue(long step) {
    return step % every == 0 && step >= from && step < until;
  }

  /** The share of the connections that moves after this step, for a step that is due. */
  public double fraction(long step) {
    return dropFraction / 2 * (1 + StrictMath.cos(Math.PI * (step - from) / (until - from)));
  }
}
