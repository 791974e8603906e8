package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Biases;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How connections are scored and chosen, whatever the criterion. */
public final class ScoringOptions {
  public @Mixin DrawOptions draw = new DrawOptions();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "Score and prune in N rounds, each pruning the same share of what is left (default: 10 for"
              + " iterative-snip and force, 100 for synflow, else 1; where a round retrains, 1, and"
              + " each scores in those).")
  @Nullable Integer rounds;

  @Option(
      names = "--sensitivity-batch",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Training examples to score the connections on, chosen by seed (default:"
              + " ${DEFAULT-VALUE}, or all of your own data if these are fewer).")
  public int sensitivityBatch;

  @Option(
      names = "--sensitivity-batches",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many such batches, or all: every training example once; signed sensitivities are added"
              + " up (default: ${DEFAULT-VALUE}).",
      converter = BatchCount.class)
  int batches;

  @Option(
      names = "--sensitivity-parts",
      paramLabel = "N",
      description =
          "Share the batches out into N parts, and add up exactly: any N gives the same bits, and"
              + " where the parts are computed changes none ('prune --on'). They are not those of the"
              + " sum without this option, which rounds with every batch (default: one sum, rounded).")
  @Nullable Integer sensitivityParts;

  @Option(
      names = "--moving-average",
      paramLabel = "SHARE",
      description =
          "Instead of the sum over batches take their exponential moving average, with this share"
              + " of the batches before (default: the sum).")
  @Nullable Double movingAverage;

  @Option(
      names = "--scoring-batch-norm",
      paramLabel = "MODE",
      defaultValue = "evaluate",
      description =
          "While scoring, batch norms use their running statistics, as in the authors' code"
              + " (evaluate), or those of the batch (train) (default: ${DEFAULT-VALUE}).")
  Pass.Mode batchNorm = Pass.Mode.EVALUATE;

  @Option(
      names = "--allocation",
      paramLabel = "HOW",
      defaultValue = "global",
      description =
          "How what is kept is shared out among layers: global, one ranking for all; uniform, the"
              + " same density in each; erk, more in thin ones (Erdos-Renyi-kernel);"
              + " fan-in, the same, and as many inputs for every unit of a layer; or densities"
              + " that are to each other as given, LAYER=NUMBER,... (default: ${DEFAULT-VALUE}).")
  String allocation = "global";

  @Option(
      names = "--selection",
      paramLabel = "RULE",
      defaultValue = "exact",
      description =
          "exact: keep exactly kappa, of equal scores those with the lower index; threshold: all"
              + " with the score of the cut (default: ${DEFAULT-VALUE}).")
  ScoringSpec.Selection selection = ScoringSpec.Selection.EXACT;

  @Option(
      names = "--biases",
      paramLabel = "POLICY",
      defaultValue = "scored",
      description =
          "scored: biases are connections, counted and pruned, as in the paper; excluded: they are"
              + " neither, and are all kept (default: ${DEFAULT-VALUE}).")
  public Biases biases = Biases.SCORED;

  @Option(
      names = "--exclude",
      paramLabel = "LAYER",
      split = ",",
      description = "Layers that are kept whole, and not counted, as in fc3 (default: none).")
  List<String> exclude = List.of();

  @Option(
      names = "--sanity",
      paramLabel = "CHECK",
      defaultValue = "none",
      description =
          "Instead of the mask use what it should be better than: shuffle, as many of each"
              + " parameter at random; invert, those with the smallest scores (default:"
              + " ${DEFAULT-VALUE}).")
  ScoringSpec.Sanity sanity = ScoringSpec.Sanity.NONE;

  /**
   * These options as a run uses and records them.
   *
   * @throws OptionException if one is out of range
   */
  public ScoringSpec spec(CriterionKind criterion, boolean allowCollapse) {
    return spec(criterion, allowCollapse, criterion.rounds());
  }

  /**
   * These options as a run records them, where each round may retrain.
   *
   * @param usual how many rounds there are if nothing else is asked for
   */
  ScoringSpec spec(CriterionKind criterion, boolean allowCollapse, int usual) {
    return new ScoringSpec(
        criterion,
        rounds == null ? usual : rounds,
        batches,
        sensitivityParts,
        movingAverage,
        batchNorm,
        allocation,
        selection,
        exclude,
        sanity,
        allowCollapse);
  }
}
