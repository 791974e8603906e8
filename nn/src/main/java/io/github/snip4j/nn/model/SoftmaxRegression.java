package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;

/**
 * Softmax regression: one fully connected layer, the smallest network there is; not in the paper.
 */
final class SoftmaxRegression extends Adaptable {
  SoftmaxRegression(Task task) {
    super(task);
  }

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String description() {
    return "softmax regression: one fully connected layer";
  }

  @Override
  public boolean takes(Task other) {
    return true;
  }

  @Override
  Model with(Task other) {
    return new SoftmaxRegression(other);
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    int in = task().input().size();
    return new Sequential(new Flatten(), new Linear("fc", in, task().classes(), initializer, seed));
  }
}
