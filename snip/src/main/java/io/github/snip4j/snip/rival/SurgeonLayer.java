package io.github.snip4j.snip.rival;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final UnitSurgeon[] units;
  private final int[][] positions; // of each unit, which elements of y its weights belong to

  /**
   * Gathers the weights that exist, and the Hessian of each unit by these.
   *
   * @throws IllegalArgumentException if the damping is too small for the Hessian to be inverted
   */
  SurgeonLayer(List<Parameter> parameters, InputMoments moments, double damping) {
    weight = parameters.get(0);
    bias = parameters.size() > 1 ? parameters.get(1) : null;
    int rows = weight.shape().dim(0);
    inputs = weight.size() / Math.max(1, rows);
    units = new UnitSurgeon[rows];
    positions = new int[rows][];
    int size = moments.size();
    double[][] hessians = new double[moments.groups()][];
    double[][] inverses = new double[moments.groups()][];
    for (int g = 0; g < hessians.length; g++) {
      hessians[g] = moments.hessian(g, damping);
      inverses[g] = inverted(hessians[g], size, damping);
    }
    double[][] dense = dense();
    boolean[][] exists = exists();
    Parallel.forEach(
        rows,
        r -> {
          boolean[] here = exists[r];
          int[] at = IntStream.range(0, size).filter(k -> here[k]).toArray();
          double[] w = IntStream.of(at).mapToDouble(k -> dense[r][k]).toArray();
          int group = moments.group(r);
          positions[r] = at;
          units[r] =
              at.length == size
                  ? new UnitSurgeon(w, hessians[group], inverses[group])
                  : UnitSurgeon.of(w, part(hessians[group], size, at));
        });
  }

  private double[] inverted(double[] hessian, int size, double damping) {
    try {
      return Cholesky.of(hessian, size).inverse();
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
    Tensor w = weight.dense();
    Tensor b = bias == null ? null : bias.dense();
    double[][] dense = new double[units.length][inputs + (b == null ? 0 : 1)];
    for (int r = 0; r < dense.length; r++) {
      for (int i = 0; i < inputs; i++) {
        dense[r][i] = w.at(r * inputs + i);
      }
      if (b != null) {
        dense[r][inputs] = b.at(r);
      }
    }
    return dense;
  }

  private boolean[][] exists() {
    return keeps(Mask.of(weight.structure()), bias == null ? null : Mask.of(bias.structure()));
  }

  private boolean[][] keeps(Mask weights, @Nullable Mask biases) {
    boolean[][] keeps = new boolean[units.length][inputs + (biases == null ? 0 : 1)];
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
    double energy = 0;
    for (UnitSurgeon unit : units) {
      energy += unit.energy();
    }
    double[][] scores = new double[units.length][];
    for (int r = 0; r < units.length; r++) {
      scores[r] = units[r].scores();
      for (int k = 0; k < scores[r].length; k++) {
        scores[r][k] = energy == 0 ? 0 : scores[r][k] / energy;
      }
    }
    return tensors(scores);
  }

  /** By parameter name: the weights after pruning, 0 where they are pruned. */
  Map<String, Tensor> without(Map<String, Mask> masks, WeightUpdate update) {
    Mask weights = Objects.requireNonNull(masks.get(weight.name()));
    Mask biases = bias == null ? null : Objects.requireNonNull(masks.get(bias.name()));
    boolean[][] keeps = keeps(weights, biases);
    double[][] after = new double[units.length][];
    Parallel.forEach(
        units.length,
        r -> {
          boolean[] keep = new boolean[positions[r].length];
          for (int k = 0; k < keep.length; k++) {
            keep[k] = keeps[r][positions[r][k]];
          }
          after[r] = units[r].without(keep, update);
        });
    return tensors(after);
  }

  /** Numbers of each unit's existing weights, put into the shapes of the parameters. */
  private Map<String, Tensor> tensors(double[][] values) {
    Tensor w = Tensor.zeros(weight.shape());
    Tensor b = bias == null ? null : Tensor.zeros(bias.shape());
    for (int r = 0; r < values.length; r++) {
      for (int k = 0; k < values[r].length; k++) {
        int at = positions[r][k];
        if (at < inputs) {
          w.put(r * inputs + at, (float) values[r][k]);
        } else if (b != null) {
          b.put(r, (float) values[r][k]);
        }
      }
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(weight.name(), w);
    if (bias != null && b != null) {
      tensors.put(bias.name(), b);
    }
    return tensors;
  }
}
