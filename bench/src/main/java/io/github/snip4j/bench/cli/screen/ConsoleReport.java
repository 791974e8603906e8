package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.run.ResumableRun;
import io.github.snip4j.bench.run.ResumePoint;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunListener;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.snip.diagnosis.LossChanges;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the progress and the result of a run to the console. */
public final class ConsoleReport implements RunListener {
  /** Set by the launcher where standard error is a terminal: how many columns that has. */
  static final String COLUMNS_PROPERTY = "snip4j.terminal.columns";

  private final Lines lines;
  private final PrintWriter err;
  private @Nullable TrainingProgress progress;

  public ConsoleReport(PrintWriter out, PrintWriter err) {
    this.lines = new Lines(out);
    this.err = err;
  }

  public void machine(Machine machine) {
    line("snip4j %s, Java %s", machine.snip4j(), machine.jdk());
    line(
        "kernels: %s, %d %s%s",
        machine.kernels(),
        machine.threads(),
        machine.threads() == 1 ? "thread" : "threads",
        machine.passedOver().isEmpty() ? "" : " (" + machine.passedOver() + ")");
  }

  @Override
  public void data(RunOptions options, Splits splits, boolean published) {
    line(
        "data: %s, %,d to train on, %,d to validate on, %,d to test on",
        options.data().title()
            + (published ? "" : " (not the published pictures: your own)")
            + (options.data().invert() ? ", inverted" : ""),
        splits.train().size(),
        splits.validation().size(),
        splits.test().size());
  }

  @Override
  public void pruned(RunOptions options, Pruning pruning) {
    ScoringSpec scoring = options.scoring();
    String examples =
        scoring.batches() == ScoringSpec.ALL
            ? "all training"
            : String.format(Locale.ROOT, "%,d", options.sensitivityBatch() * scoring.batches());
    if (options.retraining().hasRival()) {
      line("%n%s pruned by %s", options.model(), options.retraining().rival().words());
      kept(pruning);
      line("");
      return;
    }
    line(
        "%n%s pruned by %s%s in %.2f s",
        options.model(),
        scoring.criterion().words(),
        scoring.criterion().needsData() ? " on " + examples + " examples" : "",
        pruning.seconds());
    if (scoring.sanity() != ScoringSpec.Sanity.NONE) {
      line(
          scoring.sanity() == ScoringSpec.Sanity.SHUFFLE
              ? "a check: the mask is shuffled within each parameter"
              : "a check: the connections with the smallest scores are kept");
    }
    kept(pruning);
    if (options.data().labels() == DataSpec.Labels.RANDOM) {
      line("training is on random labels from here on, validation too; the test set has true ones");
    }
    if (options.trainsAnother()) {
      line("training starts from a second draw of the weights");
    }
    line("");
  }

  @Override
  public void level(RunOptions options, int round, PruningLevel level) {
    TrainingResult.Score cut = level.cut();
    line(
        "round %d of %d: %s pruned, %,d connections kept%s",
        round,
        options.scoring().rounds(),
        Format.percent(level.sparsity()),
        level.kept(),
        cut == null
            ? ""
            : "; test error " + ResultConsole.error(cut) + " % before it is retrained");
  }

  /** The table, and what else there is to know of the scores. */
  public void kept(Pruning pruning) {
    new PruningConsole(lines).kept(pruning);
  }

  /** How true the scores are. */
  public void changes(LossChanges changes) {
    new PruningConsole(lines).changes(changes);
  }

  @Override
  public void resumed(ResumableRun run) {
    line(
        "%ngoing on with step %,d of %,d of %s%n",
        run.point().step() + 1, run.steps(), run.point().task());
    Machine then = run.machine();
    Machine now = Machine.here();
    if (!then.kernels().equals(now.kernels())
        || !then.snip4j().equals(now.snip4j())
        || !then.jdk().equals(now.jdk())) {
      line(
          "begun with snip4j %s, Java %s, kernels %s: results may differ in their last bits from"
              + " those of a run that stays with these",
          then.snip4j(), then.jdk(), then.kernels());
    }
  }

  /** Says whether a run that was repeated came to the same network. */
  public void repeated(RunResult before, RunResult now) {
    String sha256 = before.networkSha256();
    if (sha256 == null) {
      line("which bytes the network of the first run had was not recorded then");
    } else if (sha256.equals(now.networkSha256())) {
      line("network.npz has the same bytes as that of the first run");
    } else {
      Machine then = before.machine();
      line(
          "network.npz has other bytes than that of the first run, which was made with snip4j %s,"
              + " Java %s, kernels %s",
          then.snip4j(), then.jdk(), then.kernels());
    }
  }

  /** The program ends, and the run has not. */
  public void stopped(RunFolder folder) {
    ResumePoint point = folder.resumableFrom();
    if (point != null && Files.exists(folder.checkpoint())) {
      err.printf(
          Locale.ROOT,
          "%ssnip4j: the run is not finished: 'snip4j run --resume %s' goes on from step %,d of %s%n",
          columns() > 0 ? System.lineSeparator() : "",
          folder.path(),
          point.step(),
          point.task());
    }
  }

  private static int columns() {
    return Integer.getInteger(COLUMNS_PROPERTY, 0);
  }

  @Override
  public void trainingBegins(String what, long steps, long done) {
    follow("training " + what, steps, done);
  }

  /** Shows the progress of the training that begins. */
  void follow(String task, long steps, long done) {
    progress = new TrainingProgress(task, steps, done, columns(), err);
  }

  @Override
  public void afterStep(Step step) {
    if (progress != null) {
      progress.afterStep(step);
    }
  }

  @Override
  public void trainingEnds() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }

  @Override
  public void noPage(Path page, Throwable why) {
    err.println(
        "snip4j: warning: "
            + page
            + " could not be made ("
            + Errors.sentence(why)
            + "); the results are written, and nothing is missing in them");
  }

  @Override
  public void finished(RunResult result, RunFolder folder) {
    new ResultConsole(lines).print(result, folder);
  }

  private void line(String format, Object... values) {
    lines.line(format, values);
  }
}
