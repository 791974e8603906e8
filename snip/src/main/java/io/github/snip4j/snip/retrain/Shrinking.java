package io.github.snip4j.snip.retrain;

import io.github.snip4j.nn.Network;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Sparsifier;

/** Networks that lose connections in place. */
final class Shrinking {
  private Shrinking() {}

  /** Keeps what masks keep, stored as that is computed fastest. */
  static void to(Network network, Masks masks) {
    network.restructure(masks.byName(), Sparsifier.storage(masks.byName()));
  }
}
