package io.github.snip4j.snip.rival;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One layer under the layer-wise surgeon: its units, each with the weights and the bias that it
 * has.
 */
final class SurgeonLayer {
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final int inputs; // of a unit, without the 1 for the bias
  private final InputMoments moments;
  private final double damping;
  private final double[][] hessians; // by group
  private final double[][] w; // of each unit, the weights that exist
  private final int[][] positions; // of each unit, which elements of y these belong to

  /** Gathers the weights that exist. */
  SurgeonLayer(List<Parameter> parameters, InputMoments moments, double damping) {
    weight = parameters.get(0);
    bias = parameters.size() > 1 ? parameters.get(1) : null;
    this.moments = moments;
    this.damping = damping;
    hessians = new double[moments.groups()][];
    Arrays.setAll(hessians, group -> moments.hessian(group, damping));
    int rows = weight.shape().dim(0);
    inputs = weight.size() / Math.max(1, rows);
    w = new double[rows][];
    positions = new int[rows][];
    boolean[][] exists =
        keeps(Mask.of(weight.structure()), bias == null ? null : Mask.of(bias.structure()));
    double[][] dense = dense();
    for (int r = 0; r < rows; r++) {
      double[] all = dense[r];
      positions[r] = positions(exists[r]);
      w[r] = IntStream.of(positions[r]).mapToDouble(k -> all[k]).toArray();
    }
  }

  private static int[] positions(boolean[] exists) {
    return IntStream.range(0, exists.length).filter(k -> exists[k]).toArray();
  }

  /** A unit with the Hessian by the weights that exist. */
  private UnitSurgeon unit(int r) {
    double[] h = hessians[moments.group(r)];
    int size = moments.size();
    boolean whole = positions[r].length == size;
    return new UnitSurgeon(w[r], whole ? h : part(h, size, positions[r]));
  }

  private double[][] scoresByUnit() {
    double[][] diagonals = new double[moments.groups()][]; // for all units that are whole
    for (int r = 0; r < w.length; r++) {
      int group = moments.group(r);
      if (diagonals[group] == null && positions[r].length == moments.size()) {
        diagonals[group] = inverseDiagonal(unit(r));
      }
    }
    double[][] scores = new double[w.length][];
    Parallel.forEach(
        w.length,
        r -> {
          UnitSurgeon unit = unit(r);
          boolean whole = positions[r].length == moments.size();
          double[] diagonal = whole ? diagonals[moments.group(r)] : inverseDiagonal(unit);
          scores[r] = unit.scores(diagonal);
        });
    return scores;
  }

  private double[] inverseDiagonal(UnitSurgeon unit) {
    try {
      return unit.inverseDiagonal();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          ("L-OBS: the Hessian of " + weight.layer() + " cannot be inverted with a damping of ")
              + (damping + ": expected a larger damping, or inputs of the order of 1"),
          e);
    }
  }

  private static double[] part(double[] h, int size, int[] at) {
    double[] part = new double[at.length * at.length];
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < at.length; j++) {
        part[i * at.length + j] = h[at[i] * size + at[j]];
      }
    }
    return part;
  }

  /** The weights of each unit, its bias last. */
  private double[][] dense() {
    Tensor values = weight.dense();
    Tensor b = bias == null ? null : bias.dense();
    double[][] dense = new double[w.length][inputs + (b == null ? 0 : 1)];
    for (int r = 0; r < dense.length; r++) {
      for (int i = 0; i < inputs; i++) {
        dense[r][i] = values.at(r * inputs + i);
      }
      if (b != null) {
        dense[r][inputs] = b.at(r);
      }
    }
    return dense;
  }

  private boolean[][] keeps(Mask weights, @Nullable Mask biases) {
    boolean[][] keeps = new boolean[w.length][inputs + (biases == null ? 0 : 1)];
    for (int r = 0; r < keeps.length; r++) {
      for (int i = 0; i < inputs; i++) {
        keeps[r][i] = weights.keeps(r * inputs + i);
      }
      if (biases != null) {
        keeps[r][inputs] = biases.keeps(r);
      }
    }
    return keeps;
  }

  /** By parameter name: L_q as a share of what the layer's outputs are without any weight. */
  Map<String, Tensor> scores() {
    double[][] scores = scoresByUnit();
    double energy = 0;
    for (int r = 0; r < w.length; r++) {
      energy += unit(r).energy();
    }
    for (double[] ofUnit : scores) {
      for (int k = 0; k < ofUnit.length; k++) {
        ofUnit[k] = energy == 0 ? 0 : ofUnit[k] / energy;
      }
    }
    return tensors(scores);
  }

  /** By parameter name: the weights after pruning, 0 where they are pruned. */
  Map<String, Tensor> without(Map<String, Mask> masks, WeightUpdate update) {
    Mask weights = Objects.requireNonNull(masks.get(weight.name()));
    Mask biases = bias == null ? null : Objects.requireNonNull(masks.get(bias.name()));
    boolean[][] keeps = keeps(weights, biases);
    double[][] inverses = update == WeightUpdate.SEQUENTIAL ? inverses() : new double[0][];
    double[][] after = new double[w.length][];
    Parallel.forEach(
        w.length,
        r -> {
          boolean[] keep = new boolean[positions[r].length];
          for (int k = 0; k < keep.length; k++) {
            keep[k] = keeps[r][positions[r][k]];
          }
          UnitSurgeon unit = unit(r);
          boolean whole = positions[r].length == moments.size();
          Supplier<double[]> inverse = () -> whole ? inverses[moments.group(r)] : unit.inverse();
          after[r] = unit.without(keep, update, inverse);
        });
    return tensors(after);
  }

  /** H⁻¹ by group, where a unit is whole. */
  private double[][] inverses() {
    double[][] inverses = new double[moments.groups()][];
    for (int r = 0; r < w.length; r++) {
      int group = moments.group(r);
      if (inverses[group] == null && positions[r].length == moments.size()) {
        inverses[group] = unit(r).inverse();
      }
    }
    return inverses;
  }

  /** Numbers of each unit's existing weights, put into the shapes of the parameters. */
  private Map<String, Tensor> tensors(double[][] values) {
    Tensor weights = Tensor.zeros(weight.shape());
    Tensor b = bias == null ? null : Tensor.zeros(bias.shape());
    for (int r = 0; r < values.length; r++) {
      for (int k = 0; k < values[r].length; k++) {
        int at = positions[r][k];
        if (at < inputs) {
          weights.put(r * inputs + at, (float) values[r][k]);
        } else if (b != null) {
          b.put(r, (float) values[r][k]);
        }
      }
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(weight.name(), weights);
    if (bias != null && b != null) {
      tensors.put(bias.name(), b);
    }
    return tensors;
  }
}
