package io.github.snip4j.core.internal.parallel;

import java.util.function.IntConsumer;

/** Who computes the pieces of a computation. */
interface PieceRunner {
  /** How many threads it has, the caller's included. */
  int threads();

  /** As {@link Parallel#forEach}. */
  void forEach(int pieces, IntConsumer body);
}
