package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.result.Cost;
import io.github.snip4j.bench.result.KeptCount;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.Movement;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.run.ResumableRun;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunListener;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.snip.diagnosis.EffectiveConnections;
import io.github.snip4j.snip.diagnosis.LossChanges;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the progress and the result of a run to the console. */
public final class ConsoleReport implements RunListener {
  /** Set by the launcher where standard error is a terminal: how many columns that has. */
  static final String COLUMNS_PROPERTY = "snip4j.terminal.columns";

  private final PrintWriter out;
  private final PrintWriter err;
  private @Nullable TrainingProgress progress;

  public ConsoleReport(PrintWriter out, PrintWriter err) {
    this.out = out;
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
    int examples = options.sensitivityBatch() * scoring.batches();
    line(
        "%n%s pruned by %s%s in %.2f s",
        options.model(),
        scoring.criterion().words(),
        scoring.criterion().needsData()
            ? String.format(Locale.ROOT, " on %,d examples", examples)
            : "",
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
    if (options.redraw()) {
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
        percent(level.sparsity()),
        level.kept(),
        cut == null ? "" : "; test error " + error(cut) + " % before it is retrained");
  }

  /** The table, and what else there is to know of the scores. */
  public void kept(Pruning pruning) {
    TextTable table = new TextTable("layer", "parameters", "kept", "density");
    KeptCount.perLayer(pruning.counts()).forEach(layer -> row(table, layer));
    row(table, KeptCount.total(pruning.counts()));
    table.print(out);
    line(
        "kappa = %,d of m = %,d; %,d scores are zero, %,d tie at the cut",
        pruning.masks().kept(),
        pruning.scores().size(),
        pruning.scores().zeros(),
        pruning.masks().tiesAtCut());
    if (!pruning.approximated().isEmpty()) {
      line(
          "the second derivatives are Gauss-Newton's: exact ones need a network that is piecewise"
              + " linear, and this one has %s",
          String.join(", ", pruning.approximated()));
    }
    paths(pruning.diagnosis().wiring());
    List<KeptCount> biases =
        pruning.counts().stream().filter(c -> c.role().equals("bias")).toList();
    if (biases.stream().noneMatch(KeptCount::scored)) {
      line("%,d biases were not scored, and are all kept", KeptCount.total(biases).size());
    } else if (KeptCount.total(biases).kept() == 0) {
      line("no bias is kept");
    }
    if (pruning.chosenByIndex() > 0) {
      line(
          "%,d of those kept have score 0, which says nothing: they were chosen by index alone",
          pruning.chosenByIndex());
    }
    pruning.counts().stream()
        .filter(c -> c.role().equals("weight") && c.kept() == 0)
        .forEach(c -> line("nothing is left of %s: no signal passes that layer", c.name()));
  }

  private void paths(EffectiveConnections wiring) {
    int withoutInput =
        wiring.units().stream().mapToInt(EffectiveConnections.Units::withoutInput).sum();
    int withoutOutput =
        wiring.units().stream().mapToInt(EffectiveConnections.Units::withoutOutput).sum();
    line(
        "%,d of those kept lie on a path from input to output: effective sparsity %s;"
            + " %,d units have no input, %,d no output",
        wiring.effective().kept(), percent(wiring.sparsity()), withoutInput, withoutOutput);
  }

  /** How true the scores are. */
  public void changes(LossChanges changes) {
    line(
        "%,d connections removed one at a time: scores and changes of the loss have rank"
            + " correlation %.3f",
        changes.sample().size(), changes.rankCorrelation());
  }

  private static void row(TextTable table, KeptCount c) {
    table.row(c.name(), count(c.size()), count(c.kept()), percent(c.density()));
  }

  @Override
  public void resumed(ResumableRun run) {
    line(
        "%ngoing on with step %,d of %,d of training the %s network%n",
        run.step() + 1, run.steps(), run.training());
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

  /** The program ends, and the run has not. */
  public void stopped(RunFolder folder) {
    if (folder.resumableFrom() >= 0 && Files.exists(folder.checkpoint())) {
      err.printf(
          Locale.ROOT,
          "%ssnip4j: the run is not finished: 'snip4j run --resume %s' goes on from step %,d%n",
          columns() > 0 ? System.lineSeparator() : "",
          folder.path(),
          folder.resumableFrom());
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
    TextTable table = new TextTable("error in %", "step", "training", "validation", "test");
    rows(table, "pruned", result.pruned());
    TrainingResult dense = result.dense();
    if (dense != null) {
      rows(table, "dense", dense);
    }
    line("");
    table.print(out);
    levels(result);
    cost(result);
    moved(result.pruned().movement());
    line(
        "training took %.1f s%s, %.1f %% of the steps waiting for data; the whole run %.1f s",
        result.pruned().trainingSeconds(),
        dense == null ? "" : String.format(Locale.ROOT, ", dense %.1f s", dense.trainingSeconds()),
        100 * result.pruned().waitShare(),
        result.totalSeconds());
    String page = Files.isRegularFile(folder.report()) ? folder.report().getFileName() + ", " : "";
    line(
        "written to %s: %s%s, %s",
        folder.path(), page, folder.result().getFileName(), folder.network().getFileName());
  }

  private void levels(RunResult result) {
    if (!result.options().retraining().inRounds()) {
      return;
    }
    TextTable table =
        new TextTable("level", "sparsity", "kept", "error cut", "error trained", "ms/step");
    int round = 0;
    for (PruningLevel level : result.levels()) {
      TrainingResult.Score cut = level.cut();
      TrainingResult.Score trained = level.trained();
      table.row(
          round == 0 ? "dense" : "round " + round,
          percent(level.sparsity()),
          count(level.kept()),
          cut == null ? "" : error(cut),
          trained == null ? "" : error(trained),
          level.steps() == 0 ? "" : String.format(Locale.ROOT, "%.2f", level.stepMillis()));
      round++;
    }
    line("");
    table.print(out);
  }

  private void moved(@Nullable Movement movement) {
    if (movement != null) {
      line(
          "connections moved %,d times, %,d in all; %.1f %% of all places had one at some time",
          movement.updates().size(), movement.moved(), 100 * movement.everAlive());
    }
  }

  private void cost(RunResult result) {
    TextTable table =
        new TextTable("", "ms/step", "images/s", "parameters", "places", "optimizer", "peak heap");
    row(table, "pruned", result.pruned().cost());
    TrainingResult dense = result.dense();
    if (dense != null) {
      row(table, "dense", dense.cost());
    }
    line("");
    table.print(out);
    line("");
    if (dense != null) {
      line(
          "a pruned step is %.1f times as fast; parameters, gradients, places and optimizer take"
              + " %.1f %% of the memory",
          dense.cost().stepMillis() / result.pruned().cost().stepMillis(),
          100.0 * result.pruned().cost().modelBytes() / dense.cost().modelBytes());
    }
  }

  private static void row(TextTable table, String what, Cost cost) {
    table.row(
        what,
        String.format(Locale.ROOT, "%.2f", cost.stepMillis()),
        count(Math.round(cost.imagesPerSecond())),
        bytes(cost.parameterBytes()),
        bytes(cost.placeBytes()),
        bytes(cost.optimizerBytes()),
        bytes(cost.peakHeapBytes()));
  }

  private static String bytes(long bytes) {
    return bytes < 10_000_000
        ? String.format(Locale.ROOT, "%,.0f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6);
  }

  private static void rows(TextTable table, String what, TrainingResult trained) {
    row(table, what + ", last step", trained.last());
    row(table, what + ", best on validation", trained.bestOnValidation());
  }

  private static void row(TextTable table, String what, TrainingResult.Point point) {
    table.row(
        what,
        count(point.step()),
        error(point.training()),
        error(point.validation()),
        error(point.test()));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String error(TrainingResult.Score score) {
    return String.format(Locale.ROOT, "%.2f", 100 * score.error());
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
