package io.github.snip4j.core.testing;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** Inputs for tests. */
public final class RandomTensors {
  private RandomTensors() {}

  /** Standard normal values. */
  public static Tensor normal(long seed, int... dims) {
    Tensor t = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < t.size(); i++) {
      t.put(i, (float) new Seed(seed).normal(i));
    }
    return t;
  }

  /** Standard normal values pushed away from 0 by {@code gap}, for functions with a kink there. */
  public static Tensor awayFromZero(long seed, float gap, int... dims) {
    Tensor t = normal(seed, dims);
    for (int i = 0; i < t.size(); i++) {
      t.put(i, t.at(i) + Math.signum(t.at(i)) * gap);
    }
    return t;
  }
}
