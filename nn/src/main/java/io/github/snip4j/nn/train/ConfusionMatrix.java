package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.objective.CrossEntropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which classes a classifier takes for which.
 *
 * @param counts how often class {@code predicted} was said where {@code actual} was right: {@code
 *     counts.get(actual).get(predicted)}
 */
public record ConfusionMatrix(List<List<Integer>> counts) {
  /** Copies the counts. */
  public ConfusionMatrix {
    counts = counts.stream().map(List::copyOf).toList();
  }

  /**
   * One epoch of a source, in evaluation mode. Of several positions of an example each counts.
   *
   * @throws IllegalArgumentException if the examples do not fit the network, have no labels, or one
   *     is no class; or a logit is not a number
   */
  public static ConfusionMatrix of(Network network, BatchSource source) {
    int classes = network.output().dim(0);
    int[][] counts = new int[classes][classes];
    Workspace workspace = new Workspace();
    for (int i = 0; i < source.batchesPerEpoch(); i++) {
      Batch batch = source.at(i);
      workspace.run(
          () -> {
            count(network.logits(batch.x()), batch.labels(), counts);
            return batch.size();
          });
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : counts) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return new ConfusionMatrix(rows);
  }

  private static void count(Tensor outputs, int[] labels, int[][] counts) {
    Tensor logits = outputs.reshape(Shape.of(counts.length, labels.length));
    for (int n = 0; n < labels.length; n++) {
      int predicted = CrossEntropy.largest(logits, n);
      if (predicted < 0 || labels[n] < 0 || labels[n] >= counts.length) {
        throw new IllegalArgumentException(
            predicted < 0
                ? "confusion matrix: the logits of example " + n + " of a batch are not numbers"
                : ("confusion matrix: label "
                        + labels[n]
                        + " of example "
                        + n
                        + " of a batch is not")
                    + (" among the " + counts.length + " classes"));
      }
      counts[labels[n]][predicted]++;
    }
  }

  /** How many examples there are. */
  public int examples() {
    return counts.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  /** The share of wrong answers, in [0, 1]. */
  public double error() {
    int right = 0;
    for (int k = 0; k < counts.size(); k++) {
      right += counts.get(k).get(k);
    }
    return 1 - (double) right / examples();
  }

  /** The share of the answers "class k" that are right; NaN if there is none. */
  public double precision(int k) {
    int said = counts.stream().mapToInt(row -> row.get(k)).sum();
    return (double) counts.get(k).get(k) / said;
  }

  /** The share of the examples of class k that are found; NaN if there is none. */
  public double recall(int k) {
    int there = counts.get(k).stream().mapToInt(Integer::intValue).sum();
    return (double) counts.get(k).get(k) / there;
  }

  /**
   * The harmonic mean of precision and recall of class k: 2 right / (said + there); NaN if the
   * class was neither there nor said.
   */
  public double f1(int k) {
    int said = counts.stream().mapToInt(row -> row.get(k)).sum();
    int there = counts.get(k).stream().mapToInt(Integer::intValue).sum();
    return 2.0 * counts.get(k).get(k) / (said + there);
  }
}
