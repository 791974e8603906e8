package io.github.snip4j.snip;

import io.github.snip4j.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How much each connection of a network is worth keeping: s<sub>j</sub> = |g<sub>j</sub>| /
 * &Sigma;<sub>k</sub> |g<sub>k</sub>| (equation 6), a number from 0 to 1 for each; all add up to 1.
 *
 * <p>Implementation note: the magnitudes |g<sub>j</sub>| are kept, and divided only when a score is
 * asked for. Connections are ranked by magnitude, because division could round two that differ to
 * the same score.
 */
public final class Scores {
  private final Map<String, Tensor> magnitudes;
  private final double total;
  private final int size;

  private Scores(Map<String, Tensor> magnitudes, double total, int size) {
    this.magnitudes = magnitudes;
    this.total = total;
    this.size = size;
  }

  /**
   * The scores of signed sensitivities.
   *
   * @param sensitivities by parameter name, not modified; their order is the order of connections
   * @throws IllegalArgumentException if one is infinite or not a number, or there are none
   */
  public static Scores of(Map<String, Tensor> sensitivities) {
    Map<String, Tensor> magnitudes = new LinkedHashMap<>();
    double total = 0;
    int size = 0;
    for (Map.Entry<String, Tensor> entry : sensitivities.entrySet()) {
      Tensor magnitude = entry.getValue().copy();
      float[] values = magnitude.data();
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new IllegalArgumentException(
              "scores: the sensitivity of "
                  + entry.getKey()
                  + " at position "
                  + i
                  + " is "
                  + values[i]);
        }
        values[i] = Math.abs(values[i]);
        total += values[i];
      }
      magnitudes.put(entry.getKey(), magnitude);
      size = Math.addExact(size, values.length);
    }
    if (size == 0) {
      throw new IllegalArgumentException("scores: there are no connections");
    }
    return new Scores(magnitudes, total, size);
  }

  /** m: the number of connections. */
  public int size() {
    return size;
  }

  /** The parameters' names, in the order of the connections. */
  public Set<String> names() {
    return Collections.unmodifiableSet(magnitudes.keySet());
  }

  /** The scores s<sub>j</sub> of one parameter, in its shape; all 0 if all are. */
  public Tensor of(String name) {
    Tensor scores = magnitude(name).copy();
    for (int i = 0; i < scores.size(); i++) {
      scores.data()[i] = total == 0 ? 0f : (float) (scores.data()[i] / total);
    }
    return scores;
  }

  /** How many connections have score 0: nothing can be said about those. */
  public int zeros() {
    int zeros = 0;
    for (Tensor magnitude : magnitudes.values()) {
      for (float value : magnitude.data()) {
        zeros += value == 0f ? 1 : 0;
      }
    }
    return zeros;
  }

  /** |g| of one parameter, by which connections are ranked. */
  Tensor magnitude(String name) {
    Tensor magnitude = magnitudes.get(name);
    if (magnitude == null) {
      throw new IllegalArgumentException("scores: no parameter " + name + " among " + names());
    }
    return magnitude;
  }
}
