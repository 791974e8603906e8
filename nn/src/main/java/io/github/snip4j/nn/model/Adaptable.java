package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Initializer;

/** A kind of network that exists for any number of classes, and for inputs of several shapes. */
abstract class Adaptable implements Model {
  private static final int LARGE = 64; // pixels

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

  /** Whether inputs are pictures, grey or coloured, of at least so many pixels each way. */
  static boolean arePictures(Shape input, int least) {
    return input.rank() == 3
        && (input.dim(0) == 1 || input.dim(0) == 3)
        && Math.min(input.dim(1), input.dim(2)) >= least;
  }

  /** The first stride: 2 for pictures of 64 pixels or more, as Tiny-ImageNet's, and else 1. */
  final int firstStride() {
    return task.input().dim(1) >= LARGE ? 2 : 1;
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
