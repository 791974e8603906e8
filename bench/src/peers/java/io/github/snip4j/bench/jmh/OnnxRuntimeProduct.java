package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;

/**
 * By onnxruntime, as a linear layer whose weights are A, so that it may rearrange them beforehand;
 * in its own layout, in which the columns of B are rows.
 */
final class OnnxRuntimeProduct implements PeerProduct {
  private final ProductShape s;
  private final OnnxRuntimePeer peer;
  private final PredictingPeer.Asking asking;
  private final float[] x;
  private final float[] y;

  /**
   * Copies A and B.
   *
   * @throws IllegalArgumentException if one is transposed: such a product is no layer
   */
  OnnxRuntimeProduct(ProductShape shape, float[] a, float[] b) {
    if (shape.transposeA() || shape.transposeB()) {
      throw new IllegalArgumentException("onnxruntime: expected a product without transposes");
    }
    this.s = shape;
    Linear layer = new Linear("fc", s.k(), s.m(), VarianceScaling.lecun(), new Seed(1));
    Network network = new Network("linear", Shape.of(s.k()), s.m(), new Sequential(layer));
    Parameter weight = network.parameter("fc.weight");
    for (int i = 0; i < a.length; i++) {
      weight.value().put(i, a[i]);
    }
    weight.changed();
    peer = new OnnxRuntimePeer(network, s.n(), Parallel.threads());
    asking = peer.asking();
    x = transposed(b, s.k(), s.n());
    y = new float[s.n() * s.m()];
  }

  private static float[] transposed(float[] values, int rows, int columns) {
    float[] result = new float[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = values[i * columns + j];
      }
    }
    return result;
  }

  @Override
  public void multiply() {
    asking.predict(x, y);
  }

  @Override
  public float[] result() {
    return transposed(y, s.n(), s.m());
  }

  @Override
  public void close() {
    asking.close();
    peer.close();
  }
}
