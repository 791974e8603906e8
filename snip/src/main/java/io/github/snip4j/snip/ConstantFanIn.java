package io.github.snip4j.snip;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Keeps equally many inputs of every unit of a weight, in all as many as another allocation. */
final class ConstantFanIn {
  private ConstantFanIn() {}

  /** The numbers of another allocation, those of each weight evenly among its units. */
  static Allocation within(Allocation layers) {
    return (scores, kappa) -> {
      Map<String, Mask> even = new LinkedHashMap<>();
      layers
          .keep(scores, kappa)
          .byName()
          .forEach((name, mask) -> even.put(name, even(scores.value(name), mask)));
      return Masks.of(even);
    };
  }

  private static Mask even(Tensor scores, Mask mask) {
    Shape shape = mask.shape();
    if (shape.rank() < 2 || shape.size() == 0) {
      return mask; // biases have no inputs
    }
    int inputs = shape.size() / shape.dim(0);
    List<Unit> units =
        IntStream.range(0, shape.dim(0))
            .mapToObj(i -> new Unit(scores, i * inputs, inputs))
            .toList();
    share(units, mask.kept());
    boolean[] keep = new boolean[shape.size()];
    for (Unit unit : units) {
      for (int k = 0; k < unit.kept; k++) {
        keep[unit.position(k)] = true;
      }
    }
    return new Mask(shape, keep);
  }

  /** Shares a number among units equally; the rest goes to those with the best next score. */
  private static void share(List<Unit> units, int total) {
    int left = total;
    List<Unit> open = units.stream().filter(unit -> unit.room() > 0).toList();
    while (left >= open.size() && left > 0) {
      int each = left / open.size();
      for (Unit unit : open) {
        int taken = Math.min(each, unit.room());
        unit.kept += taken;
        left -= taken;
      }
      open = open.stream().filter(unit -> unit.room() > 0).toList();
    }
    open.stream()
        .sorted(Comparator.comparingDouble(unit -> -unit.nextScore())) // stable: lower units first
        .limit(left)
        .forEach(unit -> unit.kept++);
  }

  /** A row of a weight. It keeps its best connections. */
  private static final class Unit {
    private final Tensor scores;
    private final int first;
    private final long[] order; // score and index as one number, from the worst to the best
    private final int candidates;
    private int kept;

    Unit(Tensor scores, int first, int inputs) {
      this.scores = scores;
      this.first = first;
      order = new long[inputs];
      int count = 0;
      for (int j = 0; j < inputs; j++) {
        float score = scores.at(first + j);
        order[j] = (long) ascending(score) << 32 | (inputs - j); // of equal ones the lower is best
        count += Scores.isCandidate(score) ? 1 : 0;
      }
      Arrays.sort(order);
      candidates = count;
    }

    /** An integer that is in the order of floats, also of negative ones. */
    private static int ascending(float score) {
      int bits = Float.floatToIntBits(score + 0f); // -0 is 0
      return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
    }

    int room() {
      return candidates - kept;
    }

    /** Where the k-th best connection is. */
    int position(int k) {
      return first + order.length - (int) order[order.length - 1 - k];
    }

    float nextScore() {
      return scores.at(position(kept));
    }
  }
}
