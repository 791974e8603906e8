package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import java.util.stream.IntStream;

/** Images for the small convolutional networks. */
final class SmallImages {
  private SmallImages() {}

  /** 40 images of 2 channels of 8 x 8 of 4 classes, in batches of 20. */
  static BatchSource batches() {
    int[] labels = IntStream.range(0, 40).map(n -> n % 4).toArray();
    return Batches.of(Small.normal(Shape.of(2, 8, 8, 40), "images"), Targets.labels(labels))
        .shuffled(20, new Seed(2));
  }
}
