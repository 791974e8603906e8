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
 * A wide residual network of depth D = 6 n + 4 and width K: a convolution to 16 channels, three
 * groups of n blocks with 16 K, 32 K and 64 K channels, the second and third at half the size, and
 * the mean of each channel [Zagoruyko, Komodakis, <i>Wide residual networks</i>, 2016]. The paper's
 * table 2 has WRN-16-8, WRN-16-10 and WRN-22-8: 10,958,666, 17,113,258 and 17,153,610 weights and
 * biases.
 *
 * <p>A block is batch norm, ReLU, convolution, twice; where it changes the shape, the way around it
 * is a 1 x 1 convolution of what the first ReLU gives. Every convolution has a bias, without which
 * the paper's counts do not come out; its code for these networks is not published. For pictures of
 * 64 x 64 and more the first stride is 2.
 */
final class WideResNet extends Adaptable {
  private static final Pattern NAME = Pattern.compile("wrn-(\\d{1,4})-(\\d{1,3})");

  private final int depth;
  private final int widening;

  private WideResNet(int depth, int widening, Task task) {
    super(task);
    if (depth < 10 || depth % 6 != 4 || widening < 1) {
      throw new IllegalArgumentException(
          ("wrn-" + depth + "-" + widening)
              + ": expected a depth of 6 n + 4 with n at least 1, as 10, 16, 22 or 28, and a"
              + " width of 1 or more");
    }
    this.depth = depth;
    this.widening = widening;
  }

  static WideResNet of(int depth, int widening) {
    return new WideResNet(depth, widening, Task.CIFAR_10);
  }

  /**
   * The network of a name like {@code wrn-16-8}; null if the name is not of that kind.
   *
   * @throws IllegalArgumentException if there is no network of that depth or width
   */
  static @Nullable WideResNet parse(String name) {
    Matcher m = NAME.matcher(name);
    return m.matches() ? of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))) : null;
  }

  @Override
  public String name() {
    return "wrn-" + depth + "-" + widening;
  }

  @Override
  public String description() {
    return ("wide residual network: " + depth + " layers, " + (16 * widening) + " to ")
        + (64 * widening + " channels, batch norm");
  }

  @Override
  public boolean takes(Task other) {
    return arePictures(other.input(), 8);
  }

  @Override
  Model with(Task other) {
    return new WideResNet(depth, widening, other);
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    List<Layer> layers = new ArrayList<>();
    int first = firstStride();
    layers.add(convolution("conv1", task().input().dim(0), 16, 3, first, initializer, seed));
    int channels = 16;
    for (int group = 1; group <= 3; group++) {
      int width = (8 << group) * widening;
      for (int i = 0; i < (depth - 4) / 6; i++) {
        String name = "group" + group + "." + i;
        int stride = group > 1 && i == 0 ? 2 : 1;
        layers.add(block(name, channels, width, stride, initializer, seed));
        channels = width;
      }
    }
    layers.add(new BatchNorm("bn", channels));
    layers.add(new Relu());
    layers.add(new GlobalAveragePool("pool"));
    layers.add(new Linear("fc", channels, task().classes(), initializer, seed));
    return new Sequential(layers);
  }

  private static Layer block(
      String name, int in, int out, int stride, Initializer initializer, Seed seed) {
    Layer norm1 = new BatchNorm(name + ".bn1", in);
    Layer conv1 = convolution(name + ".conv1", in, out, 3, stride, initializer, seed);
    Layer norm2 = new BatchNorm(name + ".bn2", out);
    Layer conv2 = convolution(name + ".conv2", out, out, 3, 1, initializer, seed);
    if (in == out && stride == 1) {
      return new Residual(name, new Sequential(norm1, new Relu(), conv1, norm2, new Relu(), conv2));
    }
    Layer shortcut = convolution(name + ".shortcut", in, out, 1, stride, initializer, seed);
    return new Sequential(
        norm1,
        new Relu(),
        new Residual(name, new Sequential(conv1, norm2, new Relu(), conv2), shortcut));
  }

  private static Layer convolution(
      String name, int in, int out, int kernel, int stride, Initializer initializer, Seed seed) {
    Conv2dSpec spec = Conv2dSpec.VALID.withStride(stride).withPadding(kernel / 2);
    return new Conv2d(name, Shape.of(out, in, kernel, kernel), spec, initializer, seed);
  }
}
