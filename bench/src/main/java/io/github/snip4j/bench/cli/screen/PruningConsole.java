package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.result.KeptCount;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.snip.diagnosis.EffectiveConnections;
import io.github.snip4j.snip.diagnosis.LossChanges;
import java.util.List;

/** Prints what a pruning has kept, and how far its scores can be trusted. */
final class PruningConsole {
  private final Lines lines;

  PruningConsole(Lines lines) {
    this.lines = lines;
  }

  /** The table, and what else there is to know of the scores. */
  void kept(Pruning pruning) {
    TextTable table = new TextTable("layer", "parameters", "kept", "density");
    KeptCount.perLayer(pruning.counts()).forEach(layer -> row(table, layer));
    row(table, KeptCount.total(pruning.counts()));
    lines.table(table);
    lines.line(
        "kappa = %,d of m = %,d; %,d scores are zero, %,d tie at the cut",
        pruning.masks().kept(),
        pruning.scores().size(),
        pruning.scores().zeros(),
        pruning.masks().tiesAtCut());
    if (!pruning.approximated().isEmpty()) {
      lines.line(
          "the second derivatives are Gauss-Newton's: exact ones need a network that is piecewise"
              + " linear, and this one has %s",
          String.join(", ", pruning.approximated()));
    }
    paths(pruning.diagnosis().wiring());
    List<KeptCount> biases =
        pruning.counts().stream().filter(c -> c.role().equals("bias")).toList();
    if (biases.stream().noneMatch(KeptCount::scored)) {
      lines.line("%,d biases were not scored, and are all kept", KeptCount.total(biases).size());
    } else if (KeptCount.total(biases).kept() == 0) {
      lines.line("no bias is kept");
    }
    if (pruning.chosenByIndex() > 0) {
      lines.line(
          "%,d of those kept have score 0, which says nothing: they were chosen by index alone",
          pruning.chosenByIndex());
    }
    pruning.counts().stream()
        .filter(c -> c.role().equals("weight") && c.kept() == 0)
        .forEach(c -> lines.line("nothing is left of %s: no signal passes that layer", c.name()));
  }

  private void paths(EffectiveConnections wiring) {
    int withoutInput =
        wiring.units().stream().mapToInt(EffectiveConnections.Units::withoutInput).sum();
    int withoutOutput =
        wiring.units().stream().mapToInt(EffectiveConnections.Units::withoutOutput).sum();
    lines.line(
        "%,d of those kept lie on a path from input to output: effective sparsity %s;"
            + " %,d units have no input, %,d no output",
        wiring.effective().kept(), Format.percent(wiring.sparsity()), withoutInput, withoutOutput);
  }

  /** How true the scores are. */
  void changes(LossChanges changes) {
    lines.line(
        "%,d connections removed one at a time: scores and changes of the loss have rank"
            + " correlation %.3f",
        changes.sample().size(), changes.rankCorrelation());
  }

  private static void row(TextTable table, KeptCount c) {
    table.row(
        c.name(), Format.count(c.size()), Format.count(c.kept()), Format.percent(c.density()));
  }
}
