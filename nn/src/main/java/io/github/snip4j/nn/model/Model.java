package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Initializer;

/** A kind of network that can be had by name. */
public interface Model {
  /** The name on the command line and in files: {@code lenet-300-100}. */
  String name();

  /** One line for people. */
  String description();

  /** Whether its weights are drawn, and not given, as by a file. */
  default boolean isDrawn() {
    return true;
  }

  /** What the networks are for. */
  default Task task() {
    return Task.MNIST;
  }

  /** Whether there is a network of this kind for another task. */
  default boolean takes(Task task) {
    return task.equals(task());
  }

  /**
   * This kind of network for another task.
   *
   * @throws IllegalArgumentException unless this {@link #takes} it
   */
  default Model on(Task task) {
    if (!takes(task)) {
      throw new IllegalArgumentException(name() + " takes " + task() + ", not " + task);
    }
    return this;
  }

  /**
   * A new network for the {@link #task}, its weights drawn by the initialiser, its biases 0 (but
   * see {@link io.github.snip4j.nn.layer.Gru}).
   */
  Network create(Initializer initializer, Seed seed);
}
