package io.github.snip4j.nn.model;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;

/**
 * LeNet-5-Caffe: two convolutions of 5 x 5 without padding, a maximum pooling after each, and fully
 * connected 800-500-10; 431,080 weights and biases (the paper's table 1). There is no ReLU after
 * the convolutions, as in Caffe's example and in the paper's code; {@code lenet-5-caffe-relu} has
 * them.
 */
final class LeNet5Caffe extends Adaptable {
  private final boolean rectified;

  LeNet5Caffe(Task task) {
    this(task, false);
  }

  private LeNet5Caffe(Task task, boolean rectified) {
    super(task);
    this.rectified = rectified;
  }

  /** With a ReLU after each convolution, as half of the literature means it. */
  static LeNet5Caffe rectified() {
    return new LeNet5Caffe(Task.MNIST, true);
  }

  @Override
  public String name() {
    return rectified ? "lenet-5-caffe-relu" : "lenet-5-caffe";
  }

  @Override
  public String description() {
    return rectified
        ? "2 convolutions with ReLU, one hidden layer of 500 with ReLU"
        : "2 convolutions, one hidden layer of 500 with ReLU";
  }

  @Override
  public boolean takes(Task other) {
    return arePictures(other.input(), 16);
  }

  @Override
  Model with(Task other) {
    return new LeNet5Caffe(other, rectified);
  }

  /** What is left of a side: twice 4 less, and half of that. */
  private static int pooled(int side) {
    return ((side - 4) / 2 - 4) / 2;
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    Conv2dSpec valid = Conv2dSpec.VALID;
    int features = 50 * pooled(task().input().dim(1)) * pooled(task().input().dim(2));
    Layer conv1 =
        new Conv2d("conv1", Shape.of(20, task().input().dim(0), 5, 5), valid, initializer, seed);
    Layer conv2 = new Conv2d("conv2", Shape.of(50, 20, 5, 5), valid, initializer, seed);
    return new Sequential(
        rectified ? new Sequential(conv1, new Relu()) : conv1,
        new MaxPool2d("pool1", PoolSpec.square(2)),
        rectified ? new Sequential(conv2, new Relu()) : conv2,
        new MaxPool2d("pool2", PoolSpec.square(2)),
        new Flatten(),
        new Linear("fc1", features, 500, initializer, seed),
        new Relu(),
        new Linear("fc2", 500, task().classes(), initializer, seed));
  }
}
