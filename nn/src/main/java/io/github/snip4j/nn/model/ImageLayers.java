package io.github.snip4j.nn.model;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers for pictures, put one after the other, with the sizes followed and the names counted:
 * {@code conv1}, {@code bn1}, {@code pool1}, {@code conv2}, ... The counter of each kind runs
 * through the network, that of batch norms also through its fully connected part.
 */
final class ImageLayers {
  private final List<Layer> layers = new ArrayList<>();
  private final Initializer initializer;
  private final Seed seed;
  private int channels;
  private int height;
  private int width;
  private int convolutions;
  private int norms;
  private int pools;
  private int linears;

  /**
   * Begins with pictures.
   *
   * @param input {@code [C, H, W]}
   */
  ImageLayers(Shape input, Initializer initializer, Seed seed) {
    this.channels = input.dim(0);
    this.height = input.dim(1);
    this.width = input.dim(2);
    this.initializer = initializer;
    this.seed = seed;
  }

  /** Convolution with TensorFlow's SAME padding and a bias, batch norm, ReLU. */
  ImageLayers convolution(int filters, int kernel, int stride) {
    Conv2dSpec spec =
        Conv2dSpec.VALID.withStride(stride).withSamePadding(height, width, kernel, kernel);
    Shape w = Shape.of(filters, channels, kernel, kernel);
    layers.add(new Conv2d("conv" + ++convolutions, w, spec, initializer, seed));
    channels = filters;
    height = spec.outputHeight(height, kernel);
    width = spec.outputWidth(width, kernel);
    return normalized(filters);
  }

  /** Maximum pooling that halves height and width, rounded down. */
  ImageLayers halved() {
    layers.add(new MaxPool2d("pool" + ++pools, PoolSpec.square(2)));
    height /= 2;
    width /= 2;
    return this;
  }

  /** Fully connected, batch norm, ReLU. */
  ImageLayers hidden(int units) {
    return linear(units).normalized(units);
  }

  /** Fully connected to the logits: the end. */
  Sequential logits(int classes) {
    linear(classes);
    return new Sequential(layers);
  }

  private ImageLayers linear(int out) {
    if (linears == 0) {
      layers.add(new Flatten());
    }
    layers.add(new Linear("fc" + ++linears, channels * height * width, out, initializer, seed));
    channels = out;
    height = 1;
    width = 1;
    return this;
  }

  private ImageLayers normalized(int features) {
    layers.add(new BatchNorm("bn" + ++norms, features));
    layers.add(new Relu());
    return this;
  }
}
