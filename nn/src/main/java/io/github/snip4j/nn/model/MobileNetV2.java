package io.github.snip4j.nn.model;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Dropout;
import io.github.snip4j.nn.layer.GlobalAveragePool;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu6;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * MobileNetV2 for small pictures: inverted residual blocks of a convolution of 1 x 1 that widens,
 * one of 3 x 3 that sees each channel by itself, and one of 1 x 1 that narrows, each followed by a
 * batch norm, ReLU6 after the first two [Sandler, Howard, Zhu, Zhmoginov, Chen, <i>MobileNetV2:
 * inverted residuals and linear bottlenecks</i>, 2018]. Names as in torchvision; 2,202,570 weights
 * and biases for ten classes, and 34,112 numbers in batch norms.
 *
 * <p>For pictures of 32 x 32 the first convolution and the second group keep the size (there the
 * paper halves it); for pictures of 64 x 64 and more the first stride is 2. Batch norms have
 * PyTorch's constants.
 */
final class MobileNetV2 extends Adaptable {
  /** Of each group: how much wider, channels, blocks, stride of the first. */
  private static final int[][] GROUPS = {
    {1, 16, 1, 1},
    {6, 24, 2, 1},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private static final int LAST = 1280;

  MobileNetV2(Task task) {
    super(task);
  }

  @Override
  public String name() {
    return "mobilenet-v2";
  }

  @Override
  public String description() {
    return "17 inverted residual blocks, 16 to 320 channels, batch norm";
  }

  @Override
  public boolean takes(Task other) {
    return arePictures(other.input(), 8);
  }

  @Override
  Model with(Task other) {
    return new MobileNetV2(other);
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    List<Layer> layers = new ArrayList<>();
    int first = firstStride();
    convolution(layers, "features.0.0", task().input().dim(0), 32, 3, first, 1, initializer, seed);
    layers.add(new Relu6());
    int channels = 32;
    int number = 1;
    for (int[] group : GROUPS) {
      for (int i = 0; i < group[2]; i++) {
        String name = "features." + number++;
        int stride = i == 0 ? group[3] : 1;
        layers.add(block(name, channels, group[1], group[0], stride, initializer, seed));
        channels = group[1];
      }
    }
    convolution(layers, "features.18.0", channels, LAST, 1, 1, 1, initializer, seed);
    layers.add(new Relu6());
    layers.add(new GlobalAveragePool("pool"));
    layers.add(new Dropout("classifier.0", 0.2));
    layers.add(new Linear("classifier.1", LAST, task().classes(), initializer, seed));
    return new Sequential(layers);
  }

  private static Layer block(
      String name, int in, int out, int wider, int stride, Initializer initializer, Seed seed) {
    List<Layer> layers = new ArrayList<>();
    int hidden = in * wider;
    int number = 0;
    if (wider > 1) {
      String expand = name + ".conv." + number++ + ".0";
      convolution(layers, expand, in, hidden, 1, 1, 1, initializer, seed);
      layers.add(new Relu6());
    }
    String depthwise = name + ".conv." + number++ + ".0";
    convolution(layers, depthwise, hidden, hidden, 3, stride, hidden, initializer, seed);
    layers.add(new Relu6());
    convolution(layers, name + ".conv." + number, hidden, out, 1, 1, 1, initializer, seed);
    Layer body = new Sequential(layers);
    return in == out && stride == 1 ? new Residual(name, body) : body;
  }

  /** A convolution without a bias, and a batch norm, whose number is the next. */
  private static void convolution(
      List<Layer> layers,
      String name,
      int in,
      int out,
      int kernel,
      int stride,
      int groups,
      Initializer initializer,
      Seed seed) {
    Conv2dSpec spec =
        Conv2dSpec.VALID.withStride(stride).withPadding(kernel / 2).withGroups(groups);
    Shape filters = Shape.of(out, in / groups, kernel, kernel);
    layers.add(Conv2d.withoutBias(name, filters, spec, initializer, seed));
    int dot = name.lastIndexOf('.');
    int next = Integer.parseInt(name.substring(dot + 1)) + 1;
    layers.add(new BatchNorm(name.substring(0, dot + 1) + next, out, 1e-5, 0.1));
  }
}
