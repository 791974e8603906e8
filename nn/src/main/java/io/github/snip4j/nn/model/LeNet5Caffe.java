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
 * the convolutions, as in Caffe's example and in the paper's code.
 */
final class LeNet5Caffe extends Adaptable {
  LeNet5Caffe(Task task) {
    super(task);
  }

  @Override
  public String name() {
    return "lenet-5-caffe";
  }

  @Override
  public String description() {
    return "2 convolutions, one hidden layer of 500 with ReLU";
  }

  @Override
  Model with(Task other) {
    return new LeNet5Caffe(other);
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    Conv2dSpec valid = Conv2dSpec.VALID;
    return new Sequential(
        new Conv2d("conv1", Shape.of(20, 1, 5, 5), valid, initializer, seed),
        new MaxPool2d("pool1", PoolSpec.square(2)),
        new Conv2d("conv2", Shape.of(50, 20, 5, 5), valid, initializer, seed),
        new MaxPool2d("pool2", PoolSpec.square(2)),
        new Flatten(),
        new Linear("fc1", 800, 500, initializer, seed),
        new Relu(),
        new Linear("fc2", 500, task().classes(), initializer, seed));
  }
}
