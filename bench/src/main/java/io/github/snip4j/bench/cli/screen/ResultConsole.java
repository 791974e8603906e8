package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.result.Cost;
import io.github.snip4j.bench.result.Exchange;
import io.github.snip4j.bench.result.Movement;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.bench.run.RunFolder;
import java.nio.file.Files;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the result of a run that is done. */
final class ResultConsole {
  private final Lines lines;

  ResultConsole(Lines lines) {
    this.lines = lines;
  }

  /** The errors, the levels, the costs and the times of a run, and where its files are. */
  void print(RunResult result, RunFolder folder) {
    TextTable table = new TextTable("error in %", "step", "training", "validation", "test");
    rows(table, "pruned", result.pruned());
    TrainingResult dense = result.dense();
    if (dense != null) {
      rows(table, "dense", dense);
    }
    lines.line("");
    lines.table(table);
    if (result.pruned().leastOfLastCheckpoints().isPresent()) {
      lines.line("* the least of the last five checkpoints on the test set, one every 1,000 steps");
    }
    levels(result);
    cost(result);
    moved(result.pruned().movement());
    exchanged(result.options().parts(), result.pruned());
    lines.line(
        "training took %.1f s%s, %.1f %% of the steps waiting for data; the whole run %.1f s",
        result.pruned().trainingSeconds(),
        dense == null ? "" : String.format(Locale.ROOT, ", dense %.1f s", dense.trainingSeconds()),
        100 * result.pruned().waitShare(),
        result.totalSeconds());
    String page = Files.isRegularFile(folder.report()) ? folder.report().getFileName() + ", " : "";
    lines.line(
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
          Format.percent(level.sparsity()),
          Format.count(level.kept()),
          cut == null ? "" : error(cut),
          trained == null ? "" : error(trained),
          level.steps() == 0 ? "" : String.format(Locale.ROOT, "%.2f", level.stepMillis()));
      round++;
    }
    lines.line("");
    lines.table(table);
  }

  private void moved(@Nullable Movement movement) {
    if (movement != null) {
      lines.line(
          "connections moved %,d times, %,d in all; %.1f %% of all places had one at some time",
          movement.updates().size(), movement.moved(), 100 * movement.everAlive());
    }
  }

  private void exchanged(int parts, TrainingResult trained) {
    Exchange exchange = trained.exchange();
    if (exchange != null) {
      lines.line(
          "%d parts on %s: each sent and received %s a step; of %.2f ms a step the slowest part"
              + " computed %.2f, the rest was exchange and update; the machines began in %.1f s%s",
          parts,
          exchange.on(),
          exchange.bytes() < 10_000_000
              ? String.format(Locale.ROOT, "%,.1f kB", exchange.bytes() / 1e3)
              : bytes(exchange.bytes()),
          exchange.stepMillis(),
          exchange.slowestMillis(),
          exchange.startSeconds(),
          exchange.restarts() == 0
              ? ""
              : String.format(Locale.ROOT, ", %d times anew", exchange.restarts()));
    }
  }

  private void cost(RunResult result) {
    TextTable table =
        new TextTable("", "ms/step", "images/s", "parameters", "places", "optimizer", "live heap");
    row(table, "pruned", result.pruned().cost());
    TrainingResult dense = result.dense();
    if (dense != null) {
      row(table, "dense", dense.cost());
    }
    lines.line("");
    lines.table(table);
    lines.line("");
    if (dense != null && !result.options().retraining().hasRival()) {
      lines.line(
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
        Format.count(Math.round(cost.imagesPerSecond())),
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
    trained
        .leastOfLastCheckpoints()
        .ifPresent(
            least ->
                table.row(
                    what + ", as the authors' code chooses*",
                    "",
                    "",
                    "",
                    String.format(Locale.ROOT, "%.2f", 100 * least)));
  }

  private static void row(TextTable table, String what, TrainingResult.Point point) {
    table.row(
        what,
        Format.count(point.step()),
        error(point.training()),
        error(point.validation()),
        error(point.test()));
  }

  /** An error in percent, without the sign. */
  static String error(TrainingResult.Score score) {
    return String.format(Locale.ROOT, "%.2f", 100 * score.error());
  }
}
