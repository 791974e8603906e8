package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.datasets.Splits;
import java.nio.file.Path;

/** Watches a run that must not get far. */
final class Nobody implements RunListener {
  @Override
  public void data(RunOptions options, Splits splits, boolean published) {
    throw new AssertionError("the data were read");
  }

  @Override
  public void pruned(RunOptions options, Pruning pruning) {
    throw new AssertionError("the network was pruned");
  }

  @Override
  public void resumed(ResumableRun run) {
    throw new AssertionError("the run went on");
  }

  @Override
  public void trainingBegins(String what, long steps, long done) {
    throw new AssertionError("training began");
  }

  @Override
  public void noPage(Path page, Throwable why) {
    throw new AssertionError(why);
  }

  @Override
  public void finished(RunResult result, RunFolder folder) {
    throw new AssertionError("the run ended well");
  }
}
