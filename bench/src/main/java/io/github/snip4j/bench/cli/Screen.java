package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.LayerCount;
import io.github.snip4j.bench.run.Machine;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunOptions;
import io.github.snip4j.bench.run.RunResult;
import io.github.snip4j.bench.run.Trained;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.train.Callback;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What a person sees of a run. */
final class Screen implements Experiment.Observer {
  private final PrintWriter out;
  private final PrintWriter err;

  Screen(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  void machine(Machine machine) {
    line("snip4j %s, Java %s", machine.snip4j(), machine.jdk());
    line(
        "kernels: %s, %d %s%s",
        machine.kernels(),
        machine.threads(),
        machine.threads() == 1 ? "thread" : "threads",
        machine.passedOver().isEmpty() ? "" : " (" + machine.passedOver() + ")");
  }

  @Override
  public void data(RunOptions options, Splits splits) {
    line(
        "data: %s, %,d examples to train on, %,d to validate on, %,d to test on",
        options.data(), splits.train().size(), splits.validation().size(), splits.test().size());
  }

  @Override
  public void pruned(RunOptions options, Pruning pruning, List<LayerCount> layers) {
    line(
        "%n%s pruned by connection sensitivity on %,d examples in %.2f s",
        options.model(), options.sensitivityBatch(), pruning.seconds());
    layers(pruning, layers);
    if (options.redraw()) {
      line("training starts from a second draw of the weights");
    }
    line("");
  }

  /** The table, and what else there is to know of the scores. */
  void layers(Pruning pruning, List<LayerCount> layers) {
    TextTable table = new TextTable("layer", "parameters", "kept", "density");
    for (LayerCount row : layers) {
      table.row(row.layer(), count(row.parameters()), count(row.kept()), percent(row.density()));
    }
    int parameters = layers.stream().mapToInt(LayerCount::parameters).sum();
    int kept = layers.stream().mapToInt(LayerCount::kept).sum();
    table.row("all", count(parameters), count(kept), percent((double) kept / parameters));
    table.print(out);
    line(
        "kappa = %,d of m = %,d connections; %,d scores are zero, %,d tie at the cut",
        pruning.masks().kept(),
        pruning.scores().size(),
        pruning.scores().zeros(),
        pruning.masks().tiesAtCut());
    pruning
        .masks()
        .byName()
        .forEach(
            (name, mask) -> {
              if (mask.kept() == 0 && !name.endsWith(".bias")) {
                line("nothing is left of %s: no signal passes that layer", name);
              }
            });
    if (keptBiases(pruning) == 0) {
      line("no bias is kept: they start at 0, so their scores are 0");
    }
  }

  /** How many biases are kept; -1 if they were not scored. */
  private static int keptBiases(Pruning pruning) {
    return pruning.masks().byName().entrySet().stream()
        .filter(mask -> mask.getKey().endsWith(".bias"))
        .mapToInt(mask -> mask.getValue().kept())
        .reduce(Integer::sum)
        .orElse(-1);
  }

  @Override
  public Callback training(String what, RunOptions options) {
    return Progress.create("training " + what, options.iterations(), options.batch(), err);
  }

  @Override
  public void finished(RunResult result, RunFolder folder) {
    TextTable table = new TextTable("error in %", "step", "training", "validation", "test");
    rows(table, "pruned", result.pruned());
    Trained dense = result.dense();
    if (dense != null) {
      rows(table, "dense", dense);
    }
    line("");
    table.print(out);
    line(
        "training took %.1f s%s, the whole run %.1f s",
        result.pruned().trainingSeconds(),
        dense == null ? "" : String.format(Locale.ROOT, ", dense %.1f s", dense.trainingSeconds()),
        result.totalSeconds());
    line("written: %s, %s", folder.result(), folder.network());
  }

  private static void rows(TextTable table, String what, Trained trained) {
    row(table, what + ", last step", trained.last());
    row(table, what + ", best on validation", trained.bestOnValidation());
  }

  private static void row(TextTable table, String what, Trained.Point point) {
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

  private static String error(Trained.Score score) {
    return String.format(Locale.ROOT, "%.2f", 100 * score.error());
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
