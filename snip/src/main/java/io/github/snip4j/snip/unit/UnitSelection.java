package io.github.snip4j.snip.unit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which units stay: those with the largest scores of the whole network; of equal ones the first.
 * One of each group stays at least.
 */
public final class UnitSelection {
  private UnitSelection() {}

  /** Units of a group that go together, and the mean of their scores. */
  private record Scored(UnitGroup group, List<Integer> chunk, double score) {}

  /**
   * Exactly a number of units.
   *
   * @param scores one for each unit of each group that may lose some
   * @param count from one for each group up to all
   * @throws IllegalArgumentException if it is out of this range, or scores are missing or NaN
   */
  public static KeptUnits keep(Units units, Map<UnitGroup, double[]> scores, int count) {
    int least = units.groups().size();
    if (count < least || count > units.count()) {
      throw new IllegalArgumentException(
          ("units: keep " + count + ": expected " + least + ", one of each group, to ")
              + units.count());
    }
    Map<UnitGroup, BitSet> kept = all(units);
    int left = units.count();
    for (Scored next : ascending(units, scores, 1)) {
      BitSet own = Objects.requireNonNull(kept.get(next.group));
      if (left > count && own.cardinality() > 1) {
        next.chunk.forEach(own::clear);
        left--;
      }
    }
    return new KeptUnits(units, kept);
  }

  /**
   * Keeps as many units as fit into a share of the multiply-adds: those with the smallest scores
   * go, one after the other, until no more is left than that.
   *
   * @param share of {@link Units#multiplyAdds}, in (0, 1]
   * @throws IllegalArgumentException if it is out of this range or cannot be reached with a unit of
   *     each group, or scores are missing or NaN
   */
  public static KeptUnits keepArithmetic(
      Units units, Map<UnitGroup, double[]> scores, double share) {
    return keepArithmetic(units, scores, share, 1);
  }

  /**
   * {@link #keepArithmetic(Units, Map, double)} where each group that loses some keeps a multiple
   * of a number: kernels compute several units at once, and take as long for fewer. Units of a
   * group go by that many together, the group with the smallest mean score first.
   *
   * @param multiple at least 1; a group keeps so many at least, or all that it has
   */
  public static KeptUnits keepArithmetic(
      Units units, Map<UnitGroup, double[]> scores, double share, int multiple) {
    if (multiple < 1) {
      throw new IllegalArgumentException(
          "units: multiples of " + multiple + ": expected 1 or more");
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "units: a share of " + share + " of the multiply-adds: expected more than 0, at most 1");
    }
    Map<UnitGroup, BitSet> kept = all(units);
    Counts counts = new Counts(units);
    double most = share * units.multiplyAdds();
    for (Scored next : ascending(units, scores, multiple)) {
      BitSet own = Objects.requireNonNull(kept.get(next.group));
      if (counts.multiplyAdds() <= most) {
        break;
      }
      if (own.cardinality() > multiple) {
        for (int unit : next.chunk) {
          own.clear(unit);
          counts.remove(next.group);
        }
      }
    }
    if (counts.multiplyAdds() > most) {
      throw new IllegalArgumentException(
          ("units: a share of " + share + " of the multiply-adds cannot be reached: one unit of")
              + (" each group takes " + (double) counts.multiplyAdds() / units.multiplyAdds()));
    }
    return new KeptUnits(units, kept);
  }

  /** How many rows and columns each weight has, as units go. */
  private static final class Counts {
    private final Units units;
    private final Map<String, int[]> sizes = new LinkedHashMap<>();

    Counts(Units units) {
      this.units = units;
      for (Arithmetic a : units.arithmetic()) {
        sizes.put(a.name(), new int[] {a.shape().dim(0), a.shape().dim(1)});
      }
    }

    void remove(UnitGroup group) {
      for (Slice slice : group.slices()) {
        int[] size = sizes.get(slice.name());
        if (size != null) {
          size[slice.axis()] -= slice.each();
        }
      }
    }

    long multiplyAdds() {
      long sum = 0;
      for (Arithmetic a : units.arithmetic()) {
        int[] size = Objects.requireNonNull(sizes.get(a.name()));
        long inner = a.shape().size() / ((long) a.shape().dim(0) * a.shape().dim(1));
        sum += inner * size[0] * size[1] * a.positions();
      }
      return sum;
    }
  }

  private static Map<UnitGroup, BitSet> all(Units units) {
    Map<UnitGroup, BitSet> kept = new LinkedHashMap<>();
    for (UnitGroup group : units.groups()) {
      BitSet own = new BitSet(group.units());
      own.set(0, group.units());
      kept.put(group, own);
    }
    return kept;
  }

  /**
   * The first to go first: smallest scores, of equal ones the last. Of each group so many go
   * together that it keeps a multiple of that.
   */
  private static List<Scored> ascending(
      Units units, Map<UnitGroup, double[]> scores, int multiple) {
    List<UnitGroup> lastFirst = new ArrayList<>(units.groups());
    Collections.reverse(lastFirst);
    List<Scored> all = new ArrayList<>();
    for (UnitGroup group : lastFirst) {
      double[] own = scores.get(group);
      if (own == null || own.length != group.units()) {
        throw new IllegalArgumentException(
            "units: " + (own == null ? "no" : own.length) + " scores for " + group);
      }
      List<Integer> order = new ArrayList<>();
      for (int u = own.length - 1; u >= 0; u--) {
        if (Double.isNaN(own[u])) {
          throw new IllegalArgumentException(
              "units: the score of unit " + u + " of " + group + " is not a number");
        }
        order.add(u);
      }
      order.sort(Comparator.comparingDouble(u -> own[u])); // stable
      int from = 0;
      while (from < order.size()) {
        int left = (order.size() - from) % multiple;
        List<Integer> chunk = order.subList(from, from + (left == 0 ? multiple : left));
        double sum = chunk.stream().mapToDouble(u -> own[u]).sum();
        all.add(new Scored(group, chunk, sum / chunk.size()));
        from += chunk.size();
      }
    }
    all.sort(Comparator.comparingDouble(Scored::score)); // stable
    return all;
  }
}
