package io.github.snip4j.nn.predict;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** Steps from a network's weights, which are copied: sparse where few of them exist. */
final class WeightRows {
  /**
   * Up to this share of existing weights a sparse product is faster: it takes about a cycle for
   * each, a dense one for about eight.
   */
  private static final double SPARSE = 0.12;

  private final SparseKernels kernels = KernelChoice.chosen().sparse();
  private final IndirectGemmKernels dense = KernelChoice.chosen().taps();
  private final Network network;
  private final Map<String, Tensor> state;

  WeightRows(Network network) {
    this.network = network;
    this.state = network.state();
  }

  private float[] whole(String name) {
    return network.parameter(name).dense().toArray();
  }

  private float[] buffer(String name) {
    return Objects.requireNonNull(state.get(name)).toArray();
  }

  Step linear(LayerSpec spec) {
    String name = spec.text("name");
    return rows(network.parameter(name + ".weight"), 0, spec.number("out"), whole(name + ".bias"));
  }

  /** The product with some rows of a weight {@code [rows, in]}. */
  private Step rows(Parameter weight, int from, int to, float[] bias) {
    int in = weight.shape().dim(1);
    float[] w = weight.dense().toArray();
    return rows(Arrays.copyOfRange(w, from * in, to * in), existing(weight), from, to, in, bias);
  }

  private Step rows(float[] w, boolean[] there, int from, int to, int in, float[] bias) {
    int[] positions = new int[w.length];
    int count = 0;
    for (int i = 0; i < w.length; i++) {
      if (there[from * in + i]) {
        positions[count++] = i;
      }
    }
    if (count > SPARSE * w.length) {
      return new DenseRows(kernels, w, in, to - from, bias);
    }
    float[] values = new float[count];
    for (int k = 0; k < count; k++) {
      values[k] = w[positions[k]];
    }
    return new SparseRows(Arrays.copyOf(positions, count), values, in, to - from, bias);
  }

  private static boolean[] existing(Parameter weight) {
    boolean[] there = new boolean[weight.size()];
    for (int position : weight.structure().positions()) {
      there[position] = true;
    }
    return there;
  }

  Step convolution(LayerSpec spec, PaddedPhases layout) {
    String name = spec.text("name");
    Parameter weight = network.parameter(name + ".weight");
    int[] filters = spec.numbers("filters", 4);
    int[] positions = weight.structure().positions();
    float[] w = weight.dense().toArray();
    float[] values = new float[positions.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = w[positions[k]];
    }
    float[] bias = spec.flag("bias") ? whole(name + ".bias") : new float[filters[0]];
    int groups = spec.conv().groups();
    FilterBank bank = new FilterBank(filters, groups, bias, layout);
    double large = DenseConvolution.cost(bank, layout);
    double small = SmallImageConvolution.cost(bank, layout);
    if (SparseConvolution.cost(values.length, layout) < Math.min(large, small)) {
      return new SparseConvolution(kernels, layout, positions, values, filters, groups, bias);
    }
    return small < large
        ? new SmallImageConvolution(dense, layout, bank, w)
        : new DenseConvolution(dense, layout, bank, w);
  }

  Step batchNorm(LayerSpec spec, int size) {
    String name = spec.text("name");
    float[] factors = whole(name + ".weight");
    float[] shifts = whole(name + ".bias");
    float[] mean = buffer(name + ".running_mean");
    float[] variance = buffer(name + ".running_var");
    for (int c = 0; c < factors.length; c++) {
      double factor = factors[c] / Math.sqrt(variance[c] + spec.real("eps"));
      factors[c] = (float) factor;
      shifts[c] = (float) (shifts[c] - factor * mean[c]);
    }
    return new ChannelScale(factors, shifts, size / factors.length);
  }

  Step lstm(LayerSpec spec, int steps) {
    String name = spec.text("name");
    int units = spec.number("units");
    float[] bias = whole(name + ".bias");
    for (int u = units; u < 2 * units; u++) {
      bias[u] += (float) spec.real("forgetBias");
    }
    Step gates = rows(network.parameter(name + ".weight"), 0, 4 * units, bias);
    return new LstmSequence(gates, steps, spec.number("in"), units);
  }

  Step gru(LayerSpec spec, int steps) {
    String name = spec.text("name");
    int units = spec.number("units");
    int in = spec.number("in");
    Parameter weight = network.parameter(name + ".weight");
    float[] bias = whole(name + ".bias");
    Step gates = rows(weight, 0, 2 * units, Arrays.copyOf(bias, 2 * units));
    boolean after = bias.length == 4 * units;
    Step candidate =
        after
            ? halves(weight, units, in, Arrays.copyOfRange(bias, 2 * units, 4 * units))
            : rows(weight, 2 * units, 3 * units, Arrays.copyOfRange(bias, 2 * units, 3 * units));
    return new GruSequence(gates, candidate, after, steps, in, units);
  }

  /** The candidate's rows twice: once for x alone, once for h alone. */
  private Step halves(Parameter weight, int units, int in, float[] bias) {
    Shape shape = weight.shape();
    int columns = shape.dim(1);
    float[] w = weight.dense().toArray();
    boolean[] there = existing(weight);
    float[] twice = new float[2 * units * columns];
    boolean[] thereTwice = new boolean[twice.length];
    for (int u = 0; u < units; u++) {
      for (int column = 0; column < columns; column++) {
        int from = (2 * units + u) * columns + column;
        int to = (column < in ? u : units + u) * columns + column;
        twice[to] = w[from];
        thereTwice[to] = there[from];
      }
    }
    return rows(twice, thereTwice, 0, 2 * units, columns, bias);
  }
}
