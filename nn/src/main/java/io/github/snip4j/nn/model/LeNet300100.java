package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;

/**
 * LeNet-300-100: fully connected 784-300-100-10 with ReLU, 266,610 weights and biases (the paper's
 * table 1; LeCun, Bottou, Bengio, Haffner, <i>Gradient-based learning applied to document
 * recognition</i>, 1998).
 */
public final class LeNet300100 extends Adaptable {
  /** For MNIST. */
  public LeNet300100() {
    this(Task.MNIST);
  }

  private LeNet300100(Task task) {
    super(task);
  }

  @Override
  public String name() {
    return "lenet-300-100";
  }

  @Override
  public String description() {
    return "fully connected 784-300-100-10, ReLU";
  }

  /** With the paper's code's default initialiser, {@link VarianceScaling#lecun()}. */
  public static Network create(Seed seed) {
    return new LeNet300100().create(VarianceScaling.lecun(), seed);
  }

  /** Inputs of any shape: its first layer has as many. */
  @Override
  public boolean takes(Task other) {
    return true;
  }

  @Override
  Model with(Task other) {
    return new LeNet300100(other);
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    return new Sequential(
        new Flatten(),
        new Linear("fc1", task().input().size(), 300, initializer, seed),
        new Relu(),
        new Linear("fc2", 300, 100, initializer, seed),
        new Relu(),
        new Linear("fc3", 100, task().classes(), initializer, seed));
  }
}
