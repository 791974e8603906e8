package io.github.snip4j.bench.run;

/**
 * Where a run that is interrupted goes on. Each training of a run counts its steps from 0.
 *
 * @param step how many steps of the training are done
 * @param training which network is being trained: {@code pruned, round 2 of 3}
 */
public record ResumePoint(long step, String training) {
  /** The training in a sentence: {@code training the pruned network, round 2 of 3}. */
  public String task() {
    return "training the " + training.replaceFirst("(?=,|$)", " network");
  }
}
