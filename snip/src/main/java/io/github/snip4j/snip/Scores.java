package io.github.snip4j.snip;

import io.github.snip4j.core.tensor.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How much each connection of a network is worth keeping: s<sub>j</sub> = |g<sub>j</sub>| /
 * Σ<sub>k</sub> |g<sub>k</sub>| (equation 6), a number from 0 to 1 for each; all add up to 1. Those
 * of a criterion that tells good from bad by sign are v<sub>j</sub> / Σ<sub>k</sub>
 * |v<sub>k</sub>|, from -1 to 1.
 *
 * <p>Implementation note: the values |g<sub>j</sub>| or v<sub>j</sub> are kept, and divided only
 * when a score is asked for. Connections are ranked by value, because division could round two that
 * differ to the same score.
 */
public final class Scores {
  /** The value of a connection that was pruned before: below all others. */
  private static final float GONE = Float.NEGATIVE_INFINITY;

  private final Map<String, Tensor> values;
  private final double total;
  private final int size;

  private Scores(Map<String, Tensor> values) {
    double sum = 0;
    int count = 0;
    for (Tensor tensor : values.values()) {
      for (float value : tensor.toArray()) {
        sum += value == GONE ? 0 : Math.abs(value);
      }
      count = Math.addExact(count, tensor.size());
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          "scores: there are no connections: expected a scope with a weight or a bias");
    }
    this.values = values;
    this.total = sum;
    this.size = count;
  }

  /**
   * The scores of signed sensitivities: their magnitudes count. A criterion makes them by {@link
   * Connections#scores}, which knows what was pruned before.
   *
   * @param sensitivities by parameter name, not modified; their order is the order of connections
   * @throws IllegalArgumentException if one is infinite or not a number, or there are none
   */
  public static Scores of(Map<String, Tensor> sensitivities) {
    return signed(sensitivities).mapped(Math::abs);
  }

  /**
   * Scores that may be negative: the larger, the better.
   *
   * @param values by parameter name, not modified; their order is the order of connections
   * @throws IllegalArgumentException if one is infinite or not a number, or there are none
   */
  public static Scores signed(Map<String, Tensor> values) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    values.forEach((name, tensor) -> copies.put(name, finite(name, tensor.copy())));
    return new Scores(copies);
  }

  private static Tensor finite(String name, Tensor values) {
    for (int i = 0; i < values.size(); i++) {
      if (!Float.isFinite(values.at(i))) {
        throw new IllegalArgumentException(
            "scores: the sensitivity of "
                + name
                + " at position "
                + i
                + " is "
                + values.at(i)
                + ": expected finite weights and examples, none of them so large that the loss is not");
      }
    }
    return values;
  }

  /** m: the number of connections. */
  public int size() {
    return size;
  }

  /** The parameters' names, in the order of the connections. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** The scores s<sub>j</sub> of one parameter, in its shape; all 0 if all are. */
  public Tensor of(String name) {
    return map(
        value(name), v -> v == GONE || total == 0 ? 0f : (float) (v / total)); // 0 / 0 would be NaN
  }

  /** How many connections have score 0: nothing can be said about those. */
  public int zeros() {
    int zeros = 0;
    for (Tensor tensor : values.values()) {
      for (float value : tensor.toArray()) {
        zeros += value == 0f ? 1 : 0;
      }
    }
    return zeros;
  }

  /** How many of the connections that masks keep have score 0. */
  public int zerosAmong(Masks masks) {
    int zeros = 0;
    for (Map.Entry<String, Tensor> entry : values.entrySet()) {
      for (int j : masks.of(entry.getKey()).keptPositions()) {
        zeros += entry.getValue().at(j) == 0f ? 1 : 0;
      }
    }
    return zeros;
  }

  /** The smaller, the better; what was pruned before stays behind all others. */
  public Scores inverted() {
    return mapped(v -> v == GONE ? GONE : 0f - v); // not -v: -0 would rank below 0
  }

  /** These scores for the connections that masks keep; the others come after all of them. */
  Scores among(Masks masks) {
    Map<String, Tensor> left = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> entry : values.entrySet()) {
      Tensor tensor = entry.getValue().copy();
      for (int j = 0; j < tensor.size(); j++) {
        if (!masks.of(entry.getKey()).keeps(j)) {
          tensor.put(j, GONE);
        }
      }
      left.put(entry.getKey(), tensor);
    }
    return new Scores(left);
  }

  /** The scores of some parameters. */
  Scores part(Collection<String> names) {
    Map<String, Tensor> some = new LinkedHashMap<>();
    names.forEach(name -> some.put(name, value(name)));
    return new Scores(some);
  }

  /**
   * Refuses scores that are all 0.
   *
   * @throws IllegalArgumentException if they are
   */
  void checkNotAllZero() {
    if (zeros() == candidates()) {
      throw new IllegalArgumentException(
          "all "
              + candidates()
              + " scores are 0: nothing tells the connections apart; expected a network whose result"
              + " depends on its weights, and for criteria with data on the batch");
    }
  }

  /** How many connections there are to choose from: those that were not pruned before. */
  int candidates() {
    int candidates = 0;
    for (Tensor tensor : values.values()) {
      for (float value : tensor.toArray()) {
        candidates += value == GONE ? 0 : 1;
      }
    }
    return candidates;
  }

  /** Whether a value by which connections are ranked is that of one that exists. */
  static boolean isCandidate(float value) {
    return value != GONE;
  }

  /** |g| of one parameter, or v, by which connections are ranked. */
  Tensor value(String name) {
    Tensor tensor = values.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("scores: no parameter " + name + " among " + names());
    }
    return tensor;
  }

  private interface Change {
    float of(float value);
  }

  private Scores mapped(Change f) {
    Map<String, Tensor> results = new LinkedHashMap<>();
    values.forEach((name, tensor) -> results.put(name, map(tensor, f)));
    return new Scores(results);
  }

  private static Tensor map(Tensor tensor, Change f) {
    Tensor result = tensor.copy();
    for (int i = 0; i < result.size(); i++) {
      result.put(i, f.of(result.at(i)));
    }
    return result;
  }
}
