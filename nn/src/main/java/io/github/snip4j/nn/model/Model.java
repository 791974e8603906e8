package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Initializer;

/** A kind of network that can be had by name. */
public interface Model {
  /** As in {@code lenet-300-100}. */
  String name();

  /** One line for people. */
  String description();

  /** A new network, its weights drawn by the initialiser, its biases 0. */
  Network create(Initializer initializer, Seed seed);
}
