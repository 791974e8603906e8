package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.init.Initializer;

/**
 * The paper's AlexNet for CIFAR-10: five convolutions, each with stride 2 and followed by batch
 * norm and ReLU, no pooling, and two hidden layers; 5,070,218 (s) and 8,490,378 (b) weights and
 * biases (table 2).
 *
 * <p>The paper's text gives the hidden layers 512 and 1024 units; its code and its own counts have
 * 1024 and 2048, which are used here. For pictures of 64 x 64 and more the first stride is 4.
 */
final class AlexNet extends Adaptable {
  private final String size;
  private final int hidden;

  private AlexNet(String size, int hidden, Task task) {
    super(task);
    this.size = size;
    this.hidden = hidden;
  }

  static AlexNet small() {
    return new AlexNet("s", 1024, Task.CIFAR_10);
  }

  static AlexNet big() {
    return new AlexNet("b", 2048, Task.CIFAR_10);
  }

  @Override
  public String name() {
    return "alexnet-" + size;
  }

  @Override
  public String description() {
    return "5 convolutions, two hidden layers of " + hidden + ", batch norm";
  }

  @Override
  public boolean takes(Task other) {
    return arePictures(other.input(), 32);
  }

  @Override
  Model with(Task other) {
    return new AlexNet(size, hidden, other);
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    int first = 2 * firstStride();
    return new ImageLayers(task().input(), initializer, seed)
        .convolution(96, 11, first)
        .convolution(256, 5, 2)
        .convolution(384, 3, 2)
        .convolution(384, 3, 2)
        .convolution(256, 3, 2)
        .hidden(hidden)
        .hidden(hidden)
        .logits(task().classes());
  }
}
