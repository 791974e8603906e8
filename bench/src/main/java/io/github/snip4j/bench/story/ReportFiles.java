package io.github.snip4j.bench.story;

import io.github.snip4j.bench.compare.Comparison;
import io.github.snip4j.bench.compare.ComparisonReports;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.report.Report;
import io.github.snip4j.bench.run.FinishedRun;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Parameter;
import java.io.IOException;

/** Writes {@code report.html}, of a run and of a comparison. */
public final class ReportFiles implements ComparisonReports {
  /** The pruned network is read again: it may be that of a program that was interrupted. */
  @Override
  public void write(FinishedRun run) throws IOException {
    RunSeeds seeds = run.seeds();
    RunOptions options = run.result().options();
    Network trained = seeds.network(run.model()).on(Parameter::unpruned);
    NetworkFile.loadWithoutMasks(run.folder().network(), trained);
    Report report =
        new RunReport(run.result(), run.splits())
            .report(
                run.pruning(),
                seeds.network(run.model()),
                trained,
                NetworkFile.masks(run.folder().network(), trained),
                seeds.sensitivityBatch(run.splits(), options.sensitivityBatch(), options.data()),
                seeds);
    write(report, run.folder());
  }

  @Override
  public void write(Comparison comparison, RunFolder folder) throws IOException {
    write(new ComparisonPage(comparison).report().report(), folder);
  }

  private static void write(Report report, RunFolder folder) throws IOException {
    folder.write(
        () -> {
          report.write(folder.report());
          return folder.report();
        });
  }
}
