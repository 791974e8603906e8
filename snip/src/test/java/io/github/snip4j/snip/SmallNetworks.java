package io.github.snip4j.snip;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.GlobalAveragePool;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Networks small enough to look through, and batches for them. */
public final class SmallNetworks {
  private static final VarianceScaling LECUN = VarianceScaling.lecun();

  private SmallNetworks() {}

  /** Fully connected with ReLU: fc1, fc2, ... between these widths; all biases 0. */
  public static Network connected(int... widths) {
    List<Layer> layers = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      layers.add(new Linear("fc" + l, widths[l - 1], widths[l], LECUN, new Seed(11)));
      if (l < widths.length - 1) {
        layers.add(new Relu());
      }
    }
    int classes = widths[widths.length - 1];
    return new Network("small", Shape.of(widths[0]), classes, new Sequential(layers));
  }

  /** Two channels of 8 x 8: conv1, bn1, a residual block of conv2, bn2, conv3; pool, fc to 4. */
  public static Network residual() {
    Seed seed = new Seed(12);
    Conv2dSpec same = Conv2dSpec.VALID.withPadding(1);
    Layer body =
        new Sequential(
            new Conv2d("conv2", Shape.of(6, 6, 3, 3), same, LECUN, seed),
            new BatchNorm("bn2", 6),
            new Relu(),
            Conv2d.withoutBias("conv3", Shape.of(6, 6, 3, 3), same, LECUN, seed));
    return new Network(
        "residual",
        Shape.of(2, 8, 8),
        4,
        new Sequential(
            new Conv2d("conv1", Shape.of(6, 2, 3, 3), same, LECUN, seed),
            new BatchNorm("bn1", 6),
            new Relu(),
            new Residual("block", body),
            new Relu(),
            new MaxPool2d("pool", PoolSpec.square(2)),
            new Flatten(),
            new Linear("fc", 6 * 16, 4, LECUN, seed)));
  }

  /** One channel of 6 x 6: conv to 3, some pooling by 2, fc to 4. */
  public static Network pooled(Layer pooling) {
    Seed seed = new Seed(6);
    Layer layers =
        new Sequential(
            new Conv2d("conv", Shape.of(3, 1, 3, 3), Conv2dSpec.VALID, LECUN, seed),
            pooling,
            new Flatten(),
            new Linear("fc", 12, 4, LECUN, seed));
    return new Network("pooled", Shape.of(1, 6, 6), 4, layers);
  }

  /**
   * Three channels of 8 x 8: pw0 to 6, depthwise dw, bn, conv in 2 groups gc to 4, pw1 to 5, pool,
   * fc to 4.
   */
  public static Network grouped() {
    Seed seed = new Seed(7);
    Conv2dSpec valid = Conv2dSpec.VALID;
    Conv2dSpec same = valid.withPadding(1);
    Layer layers =
        new Sequential(
            new Conv2d("pw0", Shape.of(6, 3, 1, 1), valid, LECUN, seed),
            new Relu(),
            Conv2d.withoutBias("dw", Shape.of(6, 1, 3, 3), same.withGroups(6), LECUN, seed),
            new BatchNorm("bn", 6),
            new Relu(),
            new Conv2d("gc", Shape.of(4, 3, 3, 3), same.withGroups(2), LECUN, seed),
            new Relu(),
            new Conv2d("pw1", Shape.of(5, 4, 1, 1), valid, LECUN, seed),
            new Relu(),
            new GlobalAveragePool("pool"),
            new Linear("fc", 5, 4, LECUN, seed));
    return new Network("grouped", Shape.of(3, 8, 8), 4, layers);
  }

  /** Random examples for a network, labelled in turn. */
  public static Batch batch(Network network, long seed, int n) {
    int[] dims = network.input().append(n).toArray();
    int[] labels = IntStream.range(0, n).map(i -> i % network.outputs()).toArray();
    return new Batch(RandomTensors.normal(seed, dims), labels);
  }

  /** The examples of one batch after those of another, of features. */
  public static Batch joined(Batch a, Batch b) {
    int features = a.x().shape().dim(0);
    Tensor x = Tensor.zeros(Shape.of(features, a.size() + b.size()));
    for (int f = 0; f < features; f++) {
      for (int n = 0; n < a.size() + b.size(); n++) {
        x.set(n < a.size() ? a.x().get(f, n) : b.x().get(f, n - a.size()), f, n);
      }
    }
    return new Batch(
        x, IntStream.concat(IntStream.of(a.labels()), IntStream.of(b.labels())).toArray());
  }

  /** Gives the biases random values, as they have after training. */
  public static Network withBiases(Network network) {
    for (Parameter p : network.parameters()) {
      if (p.role() == Parameter.Role.BIAS) {
        Tensor b = RandomTensors.normal(p.name().hashCode(), p.size());
        for (int j = 0; j < b.size(); j++) {
          p.value().put(j, 0.1f * b.at(j));
        }
      }
    }
    return network;
  }
}
