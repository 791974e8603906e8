package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.init.Initializer;

/**
 * The paper's VGG networks for CIFAR-10: thirteen convolutions in five blocks, each followed by
 * batch norm and ReLU, a maximum pooling after each block, and one or two hidden layers; no
 * dropout. 10,526,538 (C), 15,245,130 (D) and 14,982,474 (like) weights and biases (table 2; after
 * Simonyan and Zisserman, <i>Very deep convolutional networks</i>, 2015).
 *
 * <p>C has filters of 1 x 1 in the third convolution of the last three blocks. For pictures of 64 x
 * 64 and more the first stride is 2.
 */
final class Vgg extends Adaptable {
  private static final int[] WIDTHS = {64, 128, 256, 512, 512};

  private final String variant;
  private final int third; // kernel of the third convolution of a block
  private final int deep; // convolutions of the last three blocks
  private final int hiddenLayers;
  private final int narrower; // what all widths are divided by

  private Vgg(String variant, int third, int deep, int hiddenLayers, int narrower, Task task) {
    super(task);
    this.variant = variant;
    this.third = third;
    this.deep = deep;
    this.hiddenLayers = hiddenLayers;
    this.narrower = narrower;
  }

  static Vgg c() {
    return new Vgg("c", 1, 3, 2, 1, Task.CIFAR_10);
  }

  static Vgg d() {
    return new Vgg("d", 3, 3, 2, 1, Task.CIFAR_10);
  }

  static Vgg like() {
    return new Vgg("like", 3, 3, 1, 1, Task.CIFAR_10);
  }

  /** The last one with a quarter of the filters and units in each layer; not in the paper. */
  static Vgg likeQuarter() {
    return new Vgg("like-quarter", 3, 3, 1, 4, Task.CIFAR_10);
  }

  /**
   * VGG-16 as most papers on pruning have it for CIFAR-10: thirteen convolutions, and no hidden
   * layer; 14,719,818 weights and biases, and 8,448 numbers in batch norms.
   */
  static Vgg sixteen() {
    return new Vgg("16", 3, 3, 0, 1, Task.CIFAR_10);
  }

  /** VGG-19, likewise: sixteen convolutions; 20,029,514, and 11,008. */
  static Vgg nineteen() {
    return new Vgg("19", 3, 4, 0, 1, Task.CIFAR_10);
  }

  @Override
  public String name() {
    return "vgg-" + variant;
  }

  @Override
  public String description() {
    int units = 512 / narrower;
    String hidden =
        hiddenLayers == 0
            ? "no hidden layer"
            : (hiddenLayers == 1 ? "one hidden layer of " : "two hidden layers of ") + units;
    return (4 + 3 * deep)
        + (" convolutions of up to " + units + " filters" + (third == 1 ? ", three of 1x1" : ""))
        + (", " + hidden + ", batch norm");
  }

  @Override
  public boolean takes(Task other) {
    return arePictures(other.input(), 32);
  }

  @Override
  Model with(Task other) {
    return new Vgg(variant, third, deep, hiddenLayers, narrower, other);
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    ImageLayers layers = new ImageLayers(task().input(), initializer, seed);
    for (int block = 0; block < WIDTHS.length; block++) {
      int filters = WIDTHS[block] / narrower;
      layers.convolution(filters, 3, block == 0 ? firstStride() : 1);
      layers.convolution(filters, 3, 1);
      for (int i = 2; block >= 2 && i < deep; i++) {
        layers.convolution(filters, third, 1);
      }
      layers.halved();
    }
    for (int i = 0; i < hiddenLayers; i++) {
      layers.hidden(512 / narrower);
    }
    return layers.logits(task().classes());
  }
}
