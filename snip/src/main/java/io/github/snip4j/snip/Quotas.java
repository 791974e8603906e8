package io.github.snip4j.snip;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.snip.Masks.Ties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToDoubleBiFunction;

/**
 * How many connections each layer may keep, weights and biases together: in proportion to some
 * shares, but no more than it has; what one cannot use goes to the others.
 *
 * <p>Quotas are whole numbers by Sainte-Laguë's method, as seats are by votes: the next connection
 * goes to the layer with the largest share / (2 quota + 1). They add up to κ, and none falls when κ
 * grows, so that masks are nested.
 */
final class Quotas {
  private Quotas() {}

  /** An allocation by shares, which are functions of a layer's name and scores; at least 0. */
  static Allocation shares(ToDoubleBiFunction<String, Scores> share) {
    return (scores, kappa) -> {
      scores.checkNotAllZero();
      List<Claim> claims = new ArrayList<>();
      parametersByLayer(scores)
          .forEach(
              (layer, names) -> {
                Scores part = scores.part(names);
                claims.add(new Claim(claims.size(), part, share.applyAsDouble(layer, part)));
              });
      distribute(claims, kappa);
      return Masks.together(scores.names(), claims.stream().map(Claim::masks).toList());
    };
  }

  private static Map<String, List<String>> parametersByLayer(Scores scores) {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    for (String name : scores.names()) {
      String layer = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      layers.computeIfAbsent(layer, key -> new ArrayList<>()).add(name);
    }
    return layers;
  }

  private static void distribute(List<Claim> claims, int kappa) {
    Comparator<Claim> largestFirst = Comparator.comparingDouble(Claim::priority).reversed();
    PriorityQueue<Claim> queue =
        new PriorityQueue<>(largestFirst.thenComparingInt(claim -> claim.index));
    claims.stream().filter(claim -> claim.share > 0 && claim.available > 0).forEach(queue::add);
    for (int given = 0; given < kappa; given++) {
      Claim next = queue.poll();
      if (next == null) {
        throw new IllegalArgumentException(
            "kappa " + kappa + ": expected at most " + given + ", all that the layers may keep");
      }
      next.quota++;
      if (next.quota < next.available) {
        queue.add(next);
      }
    }
  }

  /** One layer. */
  private static final class Claim {
    final int index;
    final Scores scores;
    final double share;
    final int available;
    int quota;

    Claim(int index, Scores scores, double share) {
      this.index = index;
      this.scores = scores;
      this.share = share;
      this.available = scores.candidates();
    }

    double priority() {
      return share / (2.0 * quota + 1);
    }

    Masks masks() {
      return Masks.select(scores, quota, Ties.LOWER_INDEX);
    }
  }

  /** The axes' lengths of a layer's weights added up; its biases do not count. */
  static double dimensions(Scores layer) {
    double sum = 0;
    for (String name : layer.names()) {
      Shape shape = layer.value(name).shape();
      for (int axis = 0; shape.rank() > 1 && axis < shape.rank(); axis++) {
        sum += shape.dim(axis);
      }
    }
    return sum;
  }

  /**
   * An allocation by densities that somebody wants.
   *
   * @throws IllegalArgumentException if one is of no layer, or a layer has none
   */
  static Allocation byDensity(Map<String, Double> densities) {
    Map<String, Double> copy = new LinkedHashMap<>(densities);
    Allocation allocation = shares((layer, scores) -> scores.size() * given(copy, layer));
    return (scores, kappa) -> {
      Names.check("densities", copy.keySet(), parametersByLayer(scores).keySet());
      return allocation.keep(scores, kappa);
    };
  }

  /** What somebody wants for a layer. */
  static double given(Map<String, Double> densities, String layer) {
    Double density = densities.get(layer);
    if (density == null || !(density >= 0 && density < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          ("densities: " + layer + " has " + (density == null ? "none" : density))
              + ": expected a number of 0 or more for each layer");
    }
    return density;
  }
}
