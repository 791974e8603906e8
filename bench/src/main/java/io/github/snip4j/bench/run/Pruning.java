package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.result.Histogram;
import io.github.snip4j.bench.result.KeptCount;
import io.github.snip4j.bench.result.MaskHealth;
import io.github.snip4j.bench.result.PruningSummary;
import io.github.snip4j.bench.scoring.SummedCriterion;
import io.github.snip4j.bench.scoring.Sums;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.criterion.BrainDamage;
import io.github.snip4j.snip.diagnosis.Diagnosis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network's connections scored, and the masks that keep the best of them.
 *
 * @param sensitivities ∂L/∂c, signed, by parameter; empty for other criteria
 * @param scores of the last round
 * @param counts what is kept, one for each parameter of the network
 * @param approximated the operations for which optimal brain damage is not exact; empty for other
 *     criteria
 * @param seconds for scoring and selecting
 */
public record Pruning(
    Map<String, Tensor> sensitivities,
    Scores scores,
    Masks masks,
    List<KeptCount> counts,
    Diagnosis diagnosis,
    Set<String> approximated,
    double seconds) {
  /**
   * Scores and selects; the network is not modified.
   *
   * @param seed of what the criterion draws, and of shuffling
   * @throws IllegalArgumentException if a batch does not fit the network, a layer is named that it
   *     does not have, nothing would be left, or all scores are 0
   */
  public static Pruning of(
      Network network,
      List<Batch> batches,
      double sparsity,
      Biases biases,
      ScoringSpec spec,
      Seed seed) {
    return of(network, batches, sparsity, biases, spec, seed, null);
  }

  /**
   * Scores and selects, with sums that may be computed on other machines; the network is not
   * modified.
   *
   * @param seed of what the criterion draws, and of shuffling
   * @param elsewhere computes the exact sums over the batches; null for this program
   * @throws IllegalArgumentException if a batch does not fit the network, a layer is named that it
   *     does not have, nothing would be left, all scores are 0, or a machine refuses
   * @throws java.io.UncheckedIOException if machines fail
   */
  public static Pruning of(
      Network network,
      List<Batch> batches,
      double sparsity,
      Biases biases,
      ScoringSpec spec,
      Seed seed,
      @Nullable Sums elsewhere) {
    long start = System.nanoTime();
    Integer parts = spec.sensitivityParts();
    Sums sums = elsewhere == null && parts != null ? Sums.here(parts) : elsewhere;
    checkExcluded(network, spec.exclude());
    Map<String, Tensor> sensitivities = new LinkedHashMap<>();
    Pruner pruner = spec.pruner(criterion(spec, sums, sensitivities));
    Connections connections =
        Connections.of(network, biases.without(spec.exclude()), batches, seed.child("criterion"));
    Pruner.Pruned pruned = pruner.scoreAndPrune(connections, sparsity);
    if (spec.sanity() == ScoringSpec.Sanity.SHUFFLE) {
      Masks shuffled = pruned.masks().shuffled(seed.child("shuffle"), network.masks());
      pruned = new Pruner.Pruned(pruned.scores(), shuffled);
    }
    if (spec.sanity() == ScoringSpec.Sanity.INVERT) { // show the scores themselves
      pruned = new Pruner.Pruned(pruned.scores().inverted(), pruned.masks());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Pruning(
        sensitivities,
        pruned.scores(),
        pruned.masks(),
        KeptCount.of(network, pruned.masks().byName()),
        Diagnosis.of(network, pruned),
        spec.criterion() == CriterionKind.OBD ? BrainDamage.approximatedFor(connections) : Set.of(),
        seconds);
  }

  /** The criterion, which also leaves the sensitivities that it found. */
  private static Criterion criterion(
      ScoringSpec spec, @Nullable Sums sums, Map<String, Tensor> sensitivities) {
    if (sums != null && spec.criterion().needsData()) {
      return new SummedCriterion(spec, sums, sensitivities);
    }
    if (!spec.criterion().isSensitivity()) {
      return spec.criterion().criterion(spec);
    }
    return connections -> {
      sensitivities.putAll(spec.accumulation().over(connections, spec.batchNorm()));
      return connections.scores(sensitivities);
    };
  }

  private static void checkExcluded(Network network, List<String> layers) {
    List<String> known =
        network.parameters().stream()
            .filter(p -> p.role().isConnection())
            .map(Parameter::layer)
            .distinct()
            .toList();
    for (String layer : layers) {
      if (!known.contains(layer)) {
        throw new OptionException(
            "%s %s: expected layers among %s",
            OptionException.field("exclude"), layer, Printable.list(known));
      }
    }
  }

  /** How many connections are kept by their index alone: with score 0, as some that are not. */
  public int chosenByIndex() {
    return PruningSummary.chosenByIndex(
        diagnosis.zeroScores(), diagnosis.keptZeroScores(), diagnosis.tiesAtCut());
  }

  /** What a result says of it. */
  public PruningSummary summary() {
    return new PruningSummary(
        scores.size(),
        masks.kept(),
        diagnosis.zeroScores(),
        diagnosis.keptZeroScores(),
        diagnosis.tiesAtCut(),
        counts,
        MaskHealth.of(diagnosis),
        Histogram.of(scores, masks),
        seconds);
  }

  /**
   * Writes {@code sensitivity.<name>} (signed ∂L/∂c, if that was the criterion), {@code
   * score.<name>} and {@code mask.<name>} for each parameter, whole or not at all.
   */
  public void write(Path file) throws IOException {
    NpzWriter writer = new NpzWriter();
    sensitivities.forEach((name, g) -> writer.put("sensitivity." + name, g));
    scores.names().forEach(name -> writer.put("score." + name, scores.of(name)));
    masks
        .byName()
        .forEach(
            (name, mask) ->
                writer.put(NetworkFile.MASK_PREFIX + name, mask.shape(), mask.toArray()));
    writer.write(file);
  }
}
