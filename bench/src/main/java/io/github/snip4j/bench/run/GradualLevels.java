package io.github.snip4j.bench.run;

import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.nn.Network;
import io.github.snip4j.snip.retrain.GradualPruning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Prunes a network while it is trained, and notes in the run's state what was done. */
final class GradualLevels implements TrainingExtra {
  private final GradualPruning.Ramp ramp;
  private final LevelCuts cuts;
  private final Checkpoints checkpoints;

  GradualLevels(GradualPruning.Ramp ramp, LevelCuts cuts, Checkpoints checkpoints) {
    this.ramp = ramp;
    this.cuts = cuts;
    this.checkpoints = checkpoints;
  }

  @Override
  public void afterStep(Network network, long step, DoubleSupplier seconds) {
    if (!ramp.isDue(step)) {
      return;
    }
    List<PruningLevel> levels = ended(step, seconds.getAsDouble());
    double t = (double) (step - ramp.from()) / (ramp.until() - ramp.from());
    double sparsity = cuts.sparsity(levels.get(0).sparsity(), t);
    Pruning pruning = cuts.cut(network, sparsity, step);
    levels.add(cuts.level(network, sparsity, null));
    checkpoints.atLevel(pruning.summary(), LevelCuts.stored(network), levels);
  }

  /**
   * The levels so far, of which the last ends now.
   *
   * @param step how many steps are done
   * @param seconds that they took
   */
  List<PruningLevel> ended(long step, double seconds) {
    List<PruningLevel> levels = new ArrayList<>(checkpoints.state().levels());
    PruningLevel now = levels.remove(levels.size() - 1);
    long steps = step - levels.stream().mapToLong(PruningLevel::steps).sum();
    double spent = seconds - levels.stream().mapToDouble(PruningLevel::seconds).sum();
    levels.add(now.ended(steps, steps == 0 ? 0 : 1e3 * spent / steps, null));
    return levels;
  }
}
