package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Initializer;
import java.util.List;

/** A kind of network that exists for any number of classes, and for inputs of several shapes. */
abstract class Adaptable implements Model {
  /** Those of CIFAR-10 and of Tiny-ImageNet, for which the first stride is doubled. */
  static final List<Shape> COLOUR = List.of(Task.CIFAR_10.input(), Task.TINY_IMAGENET.input());

  private final Task task;

  Adaptable(Task task) {
    this.task = task;
  }

  @Override
  public final Task task() {
    return task;
  }

  @Override
  public boolean takes(Task other) {
    return other.input().equals(task.input());
  }

  @Override
  public final Model on(Task other) {
    Model.super.on(other); // refuses what this does not take
    return with(other);
  }

  /** This kind of network for another task. */
  abstract Model with(Task other);

  /** The layers, from the task's input to a logit for each of its classes. */
  abstract Layer layers(Initializer initializer, Seed seed);

  @Override
  public final Network create(Initializer initializer, Seed seed) {
    return new Network(name(), task.input(), task.classes(), layers(initializer, seed));
  }
}
