package io.github.snip4j.snip.diagnosis;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.Sparsifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What removing single connections really does to the loss, beside their scores: ΔL<sub>j</sub> =
 * L(1 ⊙ w; D) - L((1 - e<sub>j</sub>) ⊙ w; D), equation 4 of the paper, which its equation 5
 * replaces by a derivative.
 *
 * @param sample in the order they were drawn
 */
public record LossChanges(List<Removed> sample) {
  /**
   * One connection.
   *
   * @param parameter whose it is
   * @param position where in it, row-major
   * @param change ΔL<sub>j</sub>: negative if the loss grows without it
   * @param score what the criterion says
   */
  public record Removed(String parameter, int position, double change, double score) {}

  /**
   * Removes connections one at a time; the network is not modified. One forward pass for each.
   *
   * @param count how many, drawn at random with repetition among those that were scored and exist
   * @throws IllegalArgumentException if there are none to be drawn, or the batch does not fit
   */
  public static LossChanges of(Network network, Batch batch, Scores scores, int count, Seed seed) {
    if (count < 1) {
      throw new IllegalArgumentException("loss changes: " + count + ": expected 1 or more");
    }
    Map<String, Mask> existing = network.masks();
    Network dense = existing.isEmpty() ? network : Sparsifier.toDense(network);
    Map<String, int[]> positions = new LinkedHashMap<>();
    for (String name : scores.names()) {
      Mask mask = existing.get(name);
      int size = network.parameter(name).size();
      positions.put(name, mask == null ? IntStream.range(0, size).toArray() : mask.keptPositions());
    }
    int all = positions.values().stream().mapToInt(some -> some.length).sum();
    double whole = loss(dense, batch, "", 0);
    List<Removed> sample = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int next = seed.below(i, all);
      for (Map.Entry<String, int[]> some : positions.entrySet()) {
        if (next >= 0 && next < some.getValue().length) {
          int j = some.getValue()[next];
          double change = whole - loss(dense, batch, some.getKey(), j);
          sample.add(new Removed(some.getKey(), j, change, scores.of(some.getKey()).at(j)));
        }
        next -= some.getValue().length;
      }
    }
    return new LossChanges(List.copyOf(sample));
  }

  /** L((1 - e<sub>j</sub>) ⊙ w; D) in evaluation mode; L(w; D) if no parameter is called so. */
  private static double loss(Network network, Batch batch, String name, int j) {
    Pass pass =
        Pass.connections(
            Pass.Mode.EVALUATE,
            new Seed(0),
            p -> p.name().equals(name) ? without(p, j) : null,
            parameter -> parameter.value());
    return network.loss(batch, pass).value().item();
  }

  private static Tensor without(Parameter parameter, int j) {
    Tensor c = Tensor.full(parameter.shape(), 1f);
    c.put(j, 0f);
    return c;
  }

  /**
   * How well the scores rank the connections by |ΔL<sub>j</sub>|: Spearman's correlation of the
   * ranks, 1 if they do exactly; equal values share their ranks' mean. NaN if all are equal.
   */
  public double rankCorrelation() {
    double[] scores = ranks(sample.stream().mapToDouble(Removed::score).toArray());
    double[] changes = ranks(sample.stream().mapToDouble(r -> Math.abs(r.change)).toArray());
    double mean = (sample.size() - 1) / 2.0;
    double covariance = 0;
    double ofScores = 0;
    double ofChanges = 0;
    for (int i = 0; i < scores.length; i++) {
      covariance += (scores[i] - mean) * (changes[i] - mean);
      ofScores += Math.pow(scores[i] - mean, 2);
      ofChanges += Math.pow(changes[i] - mean, 2);
    }
    return covariance / Math.sqrt(ofScores * ofChanges);
  }

  private static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
    }
    return ranks;
  }
}
