package io.github.snip4j.nn.model;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.GlobalAveragePool;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Residual networks for small pictures, of blocks of two convolutions of 3 x 3, each followed by a
 * batch norm, and ReLU after the first and after the sum [He, Zhang, Ren, Sun, <i>Deep residual
 * learning for image recognition</i>, 2016]; names as in torchvision.
 *
 * <p>{@code resnet-18} has four groups of two blocks with 64 to 512 channels, and begins with a
 * convolution of 3 x 3 without pooling, as papers on pruning have it for CIFAR-10: 11,164,362
 * weights and biases, and 9,600 numbers in batch norms. {@code resnet-D} with D = 6 n + 2 has three
 * groups of n blocks with 16 to 64 channels: resnet-20 has 270,906 and 1,568, resnet-32 464,442 and
 * 2,464.
 *
 * <p>Where a block changes the shape, the way around it is a convolution of 1 x 1 and a batch norm
 * (option B of that paper; with its option A, which pads with zeros, resnet-20 has 268,346). Batch
 * norms have PyTorch's constants. For pictures of 64 x 64 and more the first stride is 2.
 */
final class ResNet extends Adaptable {
  private static final Pattern NAME = Pattern.compile("resnet-(\\d{1,4})");
  private static final double EPS = 1e-5; // PyTorch's
  private static final double MOMENTUM = 0.1;

  private final int depth;
  private final int[] widths;
  private final int blocks;

  private ResNet(int depth, int[] widths, int blocks, Task task) {
    super(task);
    this.depth = depth;
    this.widths = widths;
    this.blocks = blocks;
  }

  /**
   * The network of a depth.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ResNet of(int depth) {
    if (depth == 18) {
      return new ResNet(18, new int[] {64, 128, 256, 512}, 2, Task.CIFAR_10);
    }
    if (depth < 8 || depth % 6 != 2) {
      throw new IllegalArgumentException(
          ("resnet-" + depth + ": expected resnet-18, or a depth of 6 n + 2 with n at least 1, as")
              + " 20, 32, 44, 56 or 110");
    }
    return new ResNet(depth, new int[] {16, 32, 64}, (depth - 2) / 6, Task.CIFAR_10);
  }

  /**
   * The network of a name like {@code resnet-20}; null if the name is not of that kind.
   *
   * @throws IllegalArgumentException if there is no network of that depth
   */
  static @Nullable ResNet parse(String name) {
    Matcher m = NAME.matcher(name);
    return m.matches() ? of(Integer.parseInt(m.group(1))) : null;
  }

  @Override
  public String name() {
    return "resnet-" + depth;
  }

  @Override
  public String description() {
    return ("residual network: " + depth + " layers, " + widths[0] + " to ")
        + (widths[widths.length - 1] + " channels, batch norm");
  }

  @Override
  public boolean takes(Task other) {
    return arePictures(other.input(), 8);
  }

  @Override
  Model with(Task other) {
    return new ResNet(depth, widths, blocks, other);
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    List<Layer> layers = new ArrayList<>();
    int first = firstStride();
    layers.add(convolution("conv1", task().input().dim(0), widths[0], 3, first, initializer, seed));
    layers.add(new BatchNorm("bn1", widths[0], EPS, MOMENTUM));
    layers.add(new Relu());
    int channels = widths[0];
    for (int group = 0; group < widths.length; group++) {
      for (int i = 0; i < blocks; i++) {
        String name = "layer" + (group + 1) + "." + i;
        int stride = group > 0 && i == 0 ? 2 : 1;
        layers.add(block(name, channels, widths[group], stride, initializer, seed));
        layers.add(new Relu());
        channels = widths[group];
      }
    }
    layers.add(new GlobalAveragePool("avgpool"));
    layers.add(new Linear("fc", channels, task().classes(), initializer, seed));
    return new Sequential(layers);
  }

  private static Layer block(
      String name, int in, int out, int stride, Initializer initializer, Seed seed) {
    Layer body =
        new Sequential(
            convolution(name + ".conv1", in, out, 3, stride, initializer, seed),
            new BatchNorm(name + ".bn1", out, EPS, MOMENTUM),
            new Relu(),
            convolution(name + ".conv2", out, out, 3, 1, initializer, seed),
            new BatchNorm(name + ".bn2", out, EPS, MOMENTUM));
    if (in == out && stride == 1) {
      return new Residual(name, body);
    }
    Layer shortcut =
        new Sequential(
            convolution(name + ".downsample.0", in, out, 1, stride, initializer, seed),
            new BatchNorm(name + ".downsample.1", out, EPS, MOMENTUM));
    return new Residual(name, body, shortcut);
  }

  private static Layer convolution(
      String name, int in, int out, int kernel, int stride, Initializer initializer, Seed seed) {
    Conv2dSpec spec = Conv2dSpec.VALID.withStride(stride).withPadding(kernel / 2);
    return Conv2d.withoutBias(name, Shape.of(out, in, kernel, kernel), spec, initializer, seed);
  }
}
