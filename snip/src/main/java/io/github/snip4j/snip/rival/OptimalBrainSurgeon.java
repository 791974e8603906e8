package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.criterion.HessianProduct;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * OBS: a small trained network loses one connection after the other, each time the one with the
 * smallest saliency L_q = ½ w_q² / [H⁻¹]_qq, and all others move by δw = -w_q / [H⁻¹]_qq H⁻¹ e_q,
 * so that the loss grows least [Hassibi, Stork, <i>Second order derivatives for network pruning:
 * optimal brain surgeon</i>, NIPS 1992, equation 5]. H is the Hessian of the loss by all weights
 * and biases.
 *
 * <p>Without connection q, H⁻¹ of the others is H⁻¹ - H⁻¹ e_q e_qᵀ H⁻¹ / [H⁻¹]_qq. Over a round H
 * is taken to be constant; each round computes it anew.
 *
 * <p>What differs from the paper: H is not approximated by outer products of gradients but computed
 * column by column, as {@link HessianProduct} does. It need not be positive definite then, and
 * {@link #damping} must make it so. It takes two gradients per connection, and memory for two
 * matrices of all connections by all connections.
 *
 * @param sparsity the share of all weights and biases that is pruned in the end, in [0, 1)
 * @param rounds at least 1; each prunes the same share of what is left
 * @param examples that H is computed on, at least 1
 * @param damping what is added to the diagonal of H, at least 0
 */
public record OptimalBrainSurgeon(double sparsity, int rounds, int examples, double damping)
    implements Rival {
  /** The largest number of connections: the matrices are then of 128 MB each. */
  public static final int MOST_CONNECTIONS = 4_000;

  private static final TrainingPlan NO_RETRAINING = TrainingPlan.of(0, 0);

  /** Checks the settings. */
  public OptimalBrainSurgeon {
    Sample.checkCount("OBS", examples);
    if (!(damping >= 0 && damping <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("OBS: damping " + damping + ": expected 0 or more");
    }
    new CutAndRetrain(sparsity, rounds, NO_RETRAINING);
  }

  /** One round on 1,000 examples, with a damping of 1e-6. */
  public OptimalBrainSurgeon(double sparsity) {
    this(sparsity, 1, 1_000, 1e-6);
  }

  @Override
  public String name() {
    return "OBS";
  }

  @Override
  public boolean startsTrained() {
    return true;
  }

  @Override
  public Network prune(Network network, BatchSource train, long seed, RivalListener listener) {
    PrunableLayers.of("OBS", network);
    if (network.connections() > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          ("OBS: " + network.name() + " has " + network.connections() + " connections, and their")
              + (" Hessian would not fit: expected at most " + MOST_CONNECTIONS)
              + "; the layer-wise surgeon takes larger networks");
    }
    return new CutAndRetrain(sparsity, rounds, NO_RETRAINING)
        .run(
            network,
            train,
            new Seed(seed),
            listener,
            (net, level, own) -> cut(net, Sample.of(train, examples, own), level, own));
  }

  private void cut(Network network, List<Batch> batches, double level, Seed seed) {
    Connections connections = Connections.of(network, Biases.SCORED, batches, seed);
    List<Parameter> parameters = connections.parameters();
    boolean[] exists = new boolean[network.connections()];
    int first = 0;
    for (Parameter p : parameters) {
      for (int at : network.parameter(p.name()).structure().positions()) {
        exists[first + at] = true;
      }
      first += p.size();
    }
    double[] w = flat(parameters, connections.each(connections::weights), exists.length);
    double[] inverse = inverse(connections, exists);
    prune(w, inverse, exists, Kappa.of(exists.length, level));
    write(network, parameters, w, exists);
  }

  /** Takes connections off until so many exist, and moves the weights. */
  private void prune(double[] w, double[] inverse, boolean[] exists, int kappa) {
    int n = w.length;
    int left = 0;
    for (boolean one : exists) {
      left += one ? 1 : 0;
    }
    for (; left > kappa; left--) {
      int q = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        double saliency = exists[i] ? 0.5 * w[i] * w[i] / inverse[i * n + i] : least;
        if (saliency < least) {
          least = saliency;
          q = i;
        }
      }
      if (q < 0 || !(inverse[q * n + q] > 0)) {
        throw new IllegalArgumentException(
            ("OBS: with "
                    + left
                    + " connections left, rounding has used up H⁻¹, with a damping of ")
                + (damping + ": expected a larger damping"));
      }
      double pivot = inverse[q * n + q];
      double[] column = Arrays.copyOfRange(inverse, q * n, q * n + n);
      double factor = w[q] / pivot;
      exists[q] = false;
      for (int i = 0; i < n; i++) {
        w[i] = exists[i] ? w[i] - factor * column[i] : 0;
        double share = column[i] / pivot;
        for (int j = 0; share != 0 && j < n; j++) {
          inverse[i * n + j] -= share * column[j];
        }
      }
    }
  }

  /** H⁻¹ among the connections that exist, {@code [n, n]}; 0 in the rows of the others. */
  private double[] inverse(Connections connections, boolean[] exists) {
    int[] at = IntStream.range(0, exists.length).filter(i -> exists[i]).toArray();
    HessianProduct product = HessianProduct.of(connections, Pass.Mode.EVALUATE);
    double[] h = new double[at.length * at.length];
    for (int j = 0; j < at.length; j++) {
      Map<String, Tensor> column = product.times(unit(connections, at[j]));
      double[] values = flat(connections.parameters(), column, exists.length);
      for (int i = 0; i < at.length; i++) { // rounded differently in row and column: their mean
        h[i * at.length + j] += values[at[i]] / 2;
        h[j * at.length + i] += values[at[i]] / 2;
      }
      h[j * at.length + j] += damping;
    }
    double[] inverse = new double[exists.length * exists.length];
    double[] part = inverted(h, at.length);
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < at.length; j++) {
        inverse[at[i] * exists.length + at[j]] = part[i * at.length + j];
      }
    }
    return inverse;
  }

  private double[] inverted(double[] h, int n) {
    try {
      return Cholesky.of(h, n).inverse();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "OBS: the Hessian has a direction in which the loss does not grow, with a damping of "
              + damping
              + ": expected a network nearer to a minimum, or a larger damping",
          e);
    }
  }

  private static Map<String, Tensor> unit(Connections connections, int at) {
    Map<String, Tensor> unit = new LinkedHashMap<>();
    int first = 0;
    for (Parameter p : connections.parameters()) {
      Tensor values = Tensor.zeros(p.shape());
      if (at >= first && at < first + p.size()) {
        values.put(at - first, 1f);
      }
      unit.put(p.name(), values);
      first += p.size();
    }
    return unit;
  }

  private static double[] flat(List<Parameter> parameters, Map<String, Tensor> values, int size) {
    double[] flat = new double[size];
    int next = 0;
    for (Parameter p : parameters) {
      for (float value : Objects.requireNonNull(values.get(p.name())).toArray()) {
        flat[next++] = value;
      }
    }
    return flat;
  }

  private static void write(
      Network network, List<Parameter> parameters, double[] w, boolean[] exists) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    Map<String, Tensor> values = new LinkedHashMap<>();
    int first = 0;
    for (Parameter p : parameters) {
      Tensor dense = Tensor.zeros(p.shape());
      boolean[] keep = new boolean[p.size()];
      for (int i = 0; i < keep.length; i++) {
        keep[i] = exists[first + i];
        dense.put(i, (float) w[first + i]);
      }
      masks.put(p.name(), new Mask(p.shape(), keep));
      values.put(p.name(), dense);
      first += p.size();
    }
    CutAndRetrain.keep(network, Masks.of(masks), values);
  }
}
