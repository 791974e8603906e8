package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * A pruned network of linear layers as one writes it by hand: for each row the columns and values
 * of the weights that are kept (CSR), a loop over them, and ReLU between the layers. It is what a
 * {@link io.github.snip4j.nn.predict.Predictor} has to be as fast as.
 *
 * @param layers first to last
 */
record CsrNetwork(List<Layer> layers) {
  /**
   * One layer.
   *
   * @param starts where each row begins in the two arrays after it, and where the last one ends
   */
  @SuppressWarnings("ArrayRecordComponent") // plain data, never compared
  record Layer(int[] starts, int[] columns, float[] values, float[] bias) {
    private static Layer of(Tensor w, Tensor bias) {
      int rows = w.shape().dim(0);
      int width = w.shape().dim(1);
      int[] starts = new int[rows + 1];
      int[] columns = new int[w.size()];
      float[] values = new float[w.size()];
      int kept = 0;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          if (w.get(i, j) != 0) {
            columns[kept] = j;
            values[kept++] = w.get(i, j);
          }
        }
        starts[i + 1] = kept;
      }
      return new Layer(starts, columns, values, bias.toArray());
    }

    private void multiply(float[] x, float[] y) {
      for (int i = 0; i < bias.length; i++) {
        float sum = bias[i];
        for (int k = starts[i]; k < starts[i + 1]; k++) {
          sum += values[k] * x[columns[k]];
        }
        y[i] = sum;
      }
    }
  }

  /** Copies a network whose parameters are a matrix and a bias for each linear layer. */
  static CsrNetwork of(Network network) {
    List<Parameter> parameters = network.parameters();
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i += 2) {
      layers.add(Layer.of(parameters.get(i).dense(), parameters.get(i + 1).dense()));
    }
    return new CsrNetwork(List.copyOf(layers));
  }

  /** An array for the outputs of each layer; each thread that computes has its own. */
  float[][] arrays() {
    return layers.stream().map(layer -> new float[layer.bias.length]).toArray(float[][]::new);
  }

  /** The outputs for one example, in the last of the arrays. */
  float[] predict(float[] example, float[][] arrays) {
    float[] x = example;
    for (int i = 0; i < arrays.length; i++) {
      float[] y = arrays[i];
      layers.get(i).multiply(x, y);
      for (int k = 0; k < y.length && i < arrays.length - 1; k++) {
        y[k] = Math.max(y[k], 0);
      }
      x = y;
    }
    return x;
  }
}
