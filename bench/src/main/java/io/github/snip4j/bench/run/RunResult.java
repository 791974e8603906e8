package io.github.snip4j.bench.run;

import io.github.snip4j.core.io.AtomicFile;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run: {@code result.json}. Errors are shares in [0, 1].
 *
 * @param m the number of connections that were scored
 * @param kappa how many of them were kept
 * @param zeroScores how many have score 0
 * @param keptZeroScores how many of those were kept, by their index alone
 * @param tiesAtCut how many have exactly the score of the cut where only some could be kept
 * @param layers what is kept per layer, weights and biases together
 * @param parameters the same per parameter
 * @param kernels what the pruned network was computed with, by parameter
 * @param dense the same network trained without pruning; null if that was not asked for
 * @param pruningSeconds for scoring and selecting
 * @param totalSeconds from start to end, reading the data included
 */
public record RunResult(
    RunOptions options,
    Machine machine,
    Method method,
    Sizes examples,
    int m,
    int kappa,
    int zeroScores,
    int keptZeroScores,
    int tiesAtCut,
    List<KeptCount> layers,
    List<KeptCount> parameters,
    Map<String, Kernel> kernels,
    Trained pruned,
    @Nullable Trained dense,
    double pruningSeconds,
    double totalSeconds) {
  /**
   * What the options do not say.
   *
   * @param rateDropsAt the steps from which on the learning rate is a tenth of what it was
   */
  public record Method(
      String criterion,
      String selection,
      String initializer,
      String normalization,
      String updateRule,
      List<Long> rateDropsAt) {
    static Method of(RunOptions options) {
      return new Method(
          "connection sensitivity (SNIP), one batch, evaluation mode",
          "exactly kappa over all layers, ties to the lower index",
          Draws.INITIALIZER,
          "mean and standard deviation of each channel over the whole training set",
          options.optimizer().create(options.weightDecay()).toString(),
          Arrays.stream(Training.drops(options)).boxed().toList());
    }
  }

  /** How many examples each part of the data has. */
  public record Sizes(int training, int validation, int test) {}

  static RunResult of(
      RunState state, Splits splits, Trained pruned, @Nullable Trained dense, double totalSeconds) {
    RunOptions options = state.options();
    PruningSummary pruning = state.pruning();
    return new RunResult(
        options,
        Machine.here(),
        Method.of(options),
        new Sizes(splits.train().size(), splits.validation().size(), splits.test().size()),
        pruning.m(),
        pruning.kappa(),
        pruning.zeroScores(),
        pruning.keptZeroScores(),
        pruning.tiesAtCut(),
        KeptCount.perLayer(pruning.parameters()),
        pruning.parameters(),
        state.kernels(),
        pruned,
        dense,
        pruning.seconds(),
        totalSeconds);
  }

  /** Writes it, whole or not at all. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, out -> out.write(Json.write(this).getBytes(StandardCharsets.UTF_8)));
  }
}
