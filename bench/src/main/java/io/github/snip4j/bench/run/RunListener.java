package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.train.Callback;
import java.nio.file.Path;

/**
 * Follows runs, one or several after each other. Everything that happens in a run is a method here,
 * called on the thread that runs it, and does nothing unless overridden.
 */
public interface RunListener extends Callback {
  /**
   * One of several runs begins, or goes on where it was interrupted.
   *
   * @param number from 1
   */
  default void begins(int number, RunOptions options) {}

  /**
   * The data are read and split.
   *
   * @param published whether they are known to be, or may be, the dataset's published files
   */
  default void data(RunOptions options, Splits splits, boolean published) {}

  /** The network is pruned. */
  default void pruned(RunOptions options, Pruning pruning) {}

  /**
   * A trained network is pruned in one of several rounds.
   *
   * @param round from 1
   */
  default void level(RunOptions options, int round, PruningLevel level) {}

  /** The run goes on where it was interrupted. */
  default void resumed(ResumableRun run) {}

  /**
   * Training begins, or goes on. Its steps follow, and then {@link #trainingEnds}.
   *
   * @param what which network, in a word
   * @param steps of the whole training
   * @param done how many of them were done before an interruption
   */
  default void trainingBegins(String what, long steps, long done) {}

  /** A step of the training that began last is done. */
  @Override
  default void afterStep(Step step) {}

  /** Training ends, well or not. */
  default void trainingEnds() {}

  /**
   * The page for people could not be made; the numbers are written.
   *
   * @param page where it should have gone
   */
  default void noPage(Path page, Throwable why) {}

  /** Everything of a run is done and written. */
  default void finished(RunResult result, RunFolder folder) {}

  /**
   * One of several runs has a result, and the comparison is written with it.
   *
   * @param number from 1
   * @param before whether an earlier program finished it
   */
  default void done(int number, RunResult result, boolean before) {}

  /**
   * One of several runs has no result; the others are run all the same.
   *
   * @param number from 1
   */
  default void failed(int number, RunOptions options, String why) {}
}
