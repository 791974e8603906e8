package io.github.snip4j.snip.unit;

import io.github.snip4j.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums of what connections have over those of each unit. */
final class UnitSums {
  private UnitSums() {}

  /**
   * |Σ| over the connections that a unit receives, or sends to.
   *
   * @param values by parameter name; parameters without some are left out
   * @param axis 0 for those that it receives, 1 for those that leave it
   */
  static Map<UnitGroup, double[]> magnitudes(Units units, Map<String, Tensor> values, int axis) {
    Map<UnitGroup, double[]> sums = new LinkedHashMap<>();
    for (UnitGroup group : units.groups()) {
      double[] own = new double[group.units()];
      for (Slice slice : group.slices()) {
        Tensor of = values.get(slice.name());
        if (slice.axis() == axis && of != null) {
          add(of, slice, own);
        }
      }
      for (int u = 0; u < own.length; u++) {
        own[u] = Math.abs(own[u]);
      }
      sums.put(group, own);
    }
    return sums;
  }

  private static void add(Tensor of, Slice slice, double[] sums) {
    int length = of.shape().dim(slice.axis());
    int inner = 1;
    for (int axis = slice.axis() + 1; axis < of.shape().rank(); axis++) {
      inner *= of.shape().dim(axis);
    }
    for (int i = 0; i < of.size(); i++) {
      int index = i / inner % length - slice.offset();
      if (index >= 0 && index < sums.length * slice.each()) {
        sums[index / slice.each()] += of.at(i);
      }
    }
  }

  static double[] added(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    return a;
  }

  static void normalize(double[] scores) {
    double squares = 0;
    for (double score : scores) {
      squares += score * score;
    }
    for (int i = 0; i < scores.length && squares > 0; i++) {
      scores[i] /= Math.sqrt(squares);
    }
  }
}
