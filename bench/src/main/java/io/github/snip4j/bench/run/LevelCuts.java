package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.LevelsChoice;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.snip.Scope;
import io.github.snip4j.snip.retrain.Levels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prunes a network further, on the way to the sparsity of a run. */
final class LevelCuts {
  private final RunOptions options;
  private final List<Batch> batches;
  private final Seed seed;

  /**
   * @param batches that connections are scored on, each time
   */
  LevelCuts(RunOptions options, List<Batch> batches, Seed seed) {
    this.options = options;
    this.batches = batches;
    this.seed = seed;
  }

  /**
   * Prunes a network in place; each weight is stored as is faster at its new density.
   *
   * @param number of the cut, from 1 on, which decides what it draws
   * @throws io.github.snip4j.snip.diagnosis.CollapsedException if nothing is left of a layer, and
   *     that is not allowed
   */
  Pruning cut(Network network, double sparsity, long number) {
    Pruning pruning =
        Pruning.of(
            network,
            batches,
            sparsity,
            options.biases(),
            options.eachScoring(),
            seed.child(number));
    if (!options.scoring().allowCollapse()) {
      pruning.diagnosis().check();
    }
    Map<String, Mask> masks = pruning.masks().byName();
    network.restructure(masks, options.kernels().choose(network, pruning.masks(), batches.get(0)));
    return pruning;
  }

  /**
   * How sparse a network is after a round.
   *
   * @param first how sparse it was at its beginning
   * @param round from 1 on
   */
  double sparsity(double first, int round) {
    String levels = options.retraining().levels();
    int rounds = options.scoring().rounds();
    if (!LevelsChoice.isList(levels)) {
      return sparsity(first, (double) round / rounds);
    }
    return round == rounds ? options.sparsity() : LevelsChoice.list(levels).get(round - 1);
  }

  /**
   * How sparse a network is on the way.
   *
   * @param first how sparse it was at its beginning
   * @param t how much of the way is done, in [0, 1]
   */
  double sparsity(double first, double t) {
    double last = options.sparsity();
    if (t == 1 || last <= first) {
      return last;
    }
    Levels levels = LevelsChoice.of(options.retraining().levels());
    return first == 0
        ? levels.at(t, last)
        : 1 - (1 - first) * (1 - levels.at(t, 1 - (1 - last) / (1 - first)));
  }

  /** The level of a network before anything is pruned here. */
  PruningLevel first(Network network) {
    int all = prunable(network).stream().mapToInt(Parameter::size).sum();
    return level(network, all == 0 ? 0 : 1 - (double) kept(network) / all, null);
  }

  private List<Parameter> prunable(Network network) {
    Scope scope = options.biases().without(options.scoring().exclude());
    return network.parameters().stream().filter(scope::prunable).toList();
  }

  private int kept(Network network) {
    return prunable(network).stream().mapToInt(p -> p.value().size()).sum();
  }

  /** The level of a network. */
  PruningLevel level(Network network, double sparsity, TrainingResult.@Nullable Score cut) {
    int kept = kept(network);
    int sparse = (int) stored(network).values().stream().filter(s -> s == Storage.SPARSE).count();
    return PruningLevel.begins(sparsity, kept, sparse, cut);
  }

  /** How each weight that is pruned is stored. */
  static Map<String, Storage> stored(Network network) {
    Map<String, Storage> stored = new LinkedHashMap<>();
    network
        .structures()
        .forEach(
            (name, structure) -> {
              if (!structure.isWhole()) {
                stored.put(name, Storage.of(structure));
              }
            });
    return stored;
  }
}
