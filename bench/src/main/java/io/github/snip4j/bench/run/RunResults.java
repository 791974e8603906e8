package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.KeptCount;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.PruningSummary;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.datasets.Splits;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Collects the result of a run from its checkpoint's metadata and its trainings. */
final class RunResults {
  private RunResults() {}

  /**
   * The result of a run that is done.
   *
   * @param network the file with the pruned network
   */
  static RunResult of(
      CheckpointMetadata state,
      Splits splits,
      Path network,
      TrainingResult pruned,
      @Nullable TrainingResult dense,
      double totalSeconds)
      throws IOException {
    RunOptions options = state.options();
    PruningSummary pruning = state.summary();
    return new RunResult(
        RunResult.SCHEMA.now(),
        options,
        Machine.here(),
        method(options),
        new RunResult.Sizes(
            splits.train().size(), splits.validation().size(), splits.test().size()),
        state.dataSha256(),
        Sha256.of(network),
        pruning.m(),
        pruning.kappa(),
        pruning.zeroScores(),
        pruning.keptZeroScores(),
        pruning.tiesAtCut(),
        KeptCount.perLayer(pruning.parameters()),
        pruning.parameters(),
        pruning.soundness(),
        pruning.scores(),
        state.kernels(),
        pruned,
        dense,
        state.levels(),
        pruning.seconds(),
        totalSeconds);
  }

  private static RunResult.Method method(RunOptions options) {
    return new RunResult.Method(
        options.retraining().hasRival()
            ? options.retraining().rival().words()
            : options.scoring().criterionInWords(),
        options.retraining().hasRival()
            ? "by the method itself"
            : options.scoring().selectionInWords(),
        options.draw().inWords(),
        "mean and standard deviation of each channel over the whole training set",
        options.optimizer().create(options.weightDecay()).toString(),
        TrainingPlan.dropsAt(options));
  }
}
