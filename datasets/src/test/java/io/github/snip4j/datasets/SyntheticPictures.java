package io.github.snip4j.datasets;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Pictures of noise. */
final class SyntheticPictures {
  private SyntheticPictures() {}

  /** Class k of K has every K-th picture, from the k-th on. */
  static Dataset noise(int count, int classes, int channels, int height, int width) {
    Shape example = Shape.of(channels, height, width);
    byte[] pixels = new byte[count * example.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) new Seed(7).bits(i);
    }
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % classes);
    }
    List<String> names = IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
    return new Dataset(example, names, pixels, labels);
  }
}
