package io.github.snip4j.bench.run;

import io.github.snip4j.bench.report.Histogram;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A network's connections scored on a batch, and the masks that keep the best of them.
 *
 * @param sensitivities signed, by parameter
 * @param counts what is kept, one for each parameter of the network
 * @param seconds for scoring and selecting
 */
public record Pruning(
    Map<String, Tensor> sensitivities,
    Scores scores,
    Masks masks,
    List<KeptCount> counts,
    double seconds) {
  /**
   * Scores and selects; the network is not modified.
   *
   * @throws IllegalArgumentException if the batch does not fit the network, nothing would be left,
   *     or all scores are 0
   */
  public static Pruning of(Network network, Batch batch, double sparsity, Biases biases) {
    long start = System.nanoTime();
    Map<String, Tensor> sensitivities = ConnectionSensitivity.of(network, batch, biases);
    Scores scores = Scores.of(sensitivities);
    Masks masks = Masks.keepTop(scores, Kappa.of(scores.size(), sparsity));
    List<KeptCount> counts = KeptCount.of(network, masks.byName());
    return new Pruning(sensitivities, scores, masks, counts, (System.nanoTime() - start) / 1e9);
  }

  /** How many connections are kept although their score is 0: chosen by their index alone. */
  public int keptZeros() {
    return Math.max(0, masks.kept() - (scores.size() - scores.zeros()));
  }

  /** What a result says of it. */
  PruningSummary summary() {
    return new PruningSummary(
        scores.size(),
        masks.kept(),
        scores.zeros(),
        keptZeros(),
        masks.tiesAtCut(),
        counts,
        Histogram.of(scores, masks),
        seconds);
  }

  /**
   * Writes {@code sensitivity.<name>} (signed &part;L/&part;c), {@code score.<name>} and {@code
   * mask.<name>} for each parameter, whole or not at all.
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
