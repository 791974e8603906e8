package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.run.Data;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** Batches of somebody's own data: no larger than these, unless asked for. */
public final class FewExamples {
  private FewExamples() {}

  /** Options whose default sizes fit the data. */
  public static RunOptions fitted(RunOptions options, Data data, ParseResult given) {
    Integer limit = options.data().limit();
    return options.withBatches(
        fitted("--batch", options.batch(), data, limit, given),
        fitted("--sensitivity-batch", options.sensitivityBatch(), data, limit, given));
  }

  /** The size of a batch: as it was asked for, else at most the number of training examples. */
  public static int fitted(
      String option, int size, Data data, @Nullable Integer limit, ParseResult given) {
    int all = data.trainingExamples();
    int most = limit == null ? all : Math.min(all, limit);
    return !data.isOwn() || given.hasMatchedOption(option) ? size : Math.min(size, most);
  }
}
