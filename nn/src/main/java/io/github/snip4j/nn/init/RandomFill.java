package io.github.snip4j.nn.init;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.function.IntToDoubleFunction;

/** Fills tensors with draws that depend on nothing but their position. */
final class RandomFill {
  private static final int GRAIN = 1 << 12; // elements a thread takes at a time

  private RandomFill() {}

  static Tensor fill(Shape shape, IntToDoubleFunction draw) {
    Tensor w = Tensor.zeros(shape);
    Parallel.forRange(
        w.size(),
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            w.put(i, (float) draw.applyAsDouble(i));
          }
        });
    return w;
  }
}
