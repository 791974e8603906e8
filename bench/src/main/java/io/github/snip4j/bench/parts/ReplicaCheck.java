package io.github.snip4j.bench.parts;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;

/** Sees that copies of a network that take the same steps have the same bits. */
final class ReplicaCheck {
  private static final int EVERY = 100; // steps: costs next to nothing

  private ReplicaCheck() {}

  /** A number that differs where the bits of networks do; 0 before steps that are not checked. */
  static long of(Network network, long step) {
    if (step % EVERY != 0) {
      return 0;
    }
    long hash = 1;
    for (Tensor value : network.state().values()) {
      float[] data = value.data();
      int end = value.offset() + value.size();
      for (int i = value.offset(); i < end; i++) {
        hash = 31 * hash + Float.floatToRawIntBits(data[i]);
      }
    }
    return hash == 0 ? 1 : hash;
  }
}
