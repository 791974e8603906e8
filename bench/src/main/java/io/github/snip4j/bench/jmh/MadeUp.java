package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.regex.Pattern;

/** Numbers to compute with. */
final class MadeUp {
  private MadeUp() {}

  /** Uniform in [-1, 1). */
  static float[] uniform(String purpose, int length) {
    Seed seed = new Seed(1).child(purpose);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (2 * seed.uniform(i) - 1);
    }
    return values;
  }

  /** Uniform in [-1, 1). */
  static Tensor uniform(String purpose, Shape shape) {
    return Tensor.of(shape, uniform(purpose, shape.size())).copy(); // which begins a cache line
  }

  /** Keeps each element with probability {@code density}, independently. */
  static SparsePattern pattern(Shape shape, double density) {
    Seed seed = new Seed(1).child("pattern");
    boolean[] keep = new boolean[shape.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = seed.uniform(i) < density;
    }
    return SparsePattern.of(shape, keep);
  }

  /** The numbers of {@code 300x784} or {@code 64-64-3-32-32}. */
  static int[] numbers(String text) {
    return Pattern.compile("[^0-9]").splitAsStream(text).mapToInt(Integer::parseInt).toArray();
  }
}
