package io.github.snip4j.bench.story;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.report.ExamplePicture;
import io.github.snip4j.bench.report.Facts;
import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.report.InputPixels;
import io.github.snip4j.bench.report.Report;
import io.github.snip4j.bench.report.Section;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.snip.Biases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The report of a pruning that nothing was trained after. */
public final class PruneReport {
  private final Network network;
  private final Pruning pruning;
  private final double sparsity;
  private final ScoringSpec scoring;

  /**
   * @param network as it was scored, not modified
   * @param sparsity that was asked for
   */
  public PruneReport(Network network, Pruning pruning, double sparsity, ScoringSpec scoring) {
    this.network = network;
    this.pruning = pruning;
    this.sparsity = sparsity;
    this.scoring = scoring;
  }

  /** The page where the batch was drawn from a dataset. */
  public Report drawn(Batch batch, DataSpec data, Splits splits, RunSeeds draws, Biases biases) {
    PruningSections.ScoredBatch scored =
        new PruningSections.ScoredBatch(
            batch, BatchDescription.of(batch.size(), data), splits.train().normalization());
    return report(
        scored, PerClassMasks.of(network, splits, draws, batch.size(), sparsity, biases, scoring));
  }

  /** The page where the batch came from a file. */
  public Report given(Batch batch) {
    int[] classes = Arrays.stream(batch.labels()).distinct().toArray();
    String words =
        (batch.size() == 1 ? "1 example" : batch.size() + " examples")
            + (classes.length == 1 ? " of class " + classes[0] : "");
    return report(
        new PruningSections.ScoredBatch(batch, words, ExamplePicture.range(batch.x())), List.of());
  }

  private Report report(PruningSections.ScoredBatch batch, List<InputPixels.Seen> classes) {
    PruningSections sections =
        new PruningSections(pruning.summary(), scoring, network, pruning.masks().byName(), batch);
    List<Section> all = new ArrayList<>(sections.counts());
    sections.firstLayer(classes).ifPresent(all::add);
    all.add(
        new Facts(
            "The same weights, examples and settings give the same masks, bit for bit.",
            List.of(
                new Facts.Fact("network", network.name()),
                new Facts.Fact("criterion", scoring.criterionInWords()),
                new Facts.Fact("selection", scoring.selectionInWords()),
                new Facts.Fact("sparsity", Format.sparsity(sparsity)),
                new Facts.Fact("scored on", batch.words()))));
    return new Report(
        "A network pruned at initialisation",
        Format.sparsity(sparsity) + " of " + network.name() + " pruned",
        sections.sentence() + " Nothing was trained.",
        sections.headlines(),
        all,
        ReportFooter.words(Machine.here(), scoring.criterion()));
  }
}
