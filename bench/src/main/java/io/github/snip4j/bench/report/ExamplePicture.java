package io.github.snip4j.bench.report;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Normalization;
import java.util.Collections;

/** Examples as one sees them: numbers made pixels again. */
public final class ExamplePicture {
  private ExamplePicture() {}

  /** Whether examples of this shape are pictures: {@code [1 or 3, H, W]}. */
  public static boolean canBeSeen(Shape example) {
    return example.rank() == 3 && (example.dim(0) == 1 || example.dim(0) == 3);
  }

  /** One example of a batch. */
  public static Picture of(Batch batch, int i, Normalization normalization) {
    return draw(batch, i, i + 1, normalization);
  }

  /** The mean of a batch. */
  public static Picture mean(Batch batch, Normalization normalization) {
    return draw(batch, 0, batch.size(), normalization);
  }

  private static Picture draw(Batch batch, int from, int to, Normalization normalization) {
    Shape shape = batch.x().shape();
    Picture picture = new Picture(shape.dim(2), shape.dim(1));
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int argb = 0xff;
        for (int c = 0; c < 3; c++) {
          int channel = Math.min(c, shape.dim(0) - 1);
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += batch.x().get(channel, y, x, i);
          }
          argb = argb << 8 | normalization.pixel((float) (sum / (to - from)), channel);
        }
        picture.set(x, y, argb);
      }
    }
    return picture;
  }

  /** Where nobody knows how the numbers were made: from black for the least to white. */
  public static Normalization range(Tensor x) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float value : x.toArray()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double range = high > low ? high - low : 1;
    int channels = x.shape().dim(0);
    return new Normalization(
        Collections.nCopies(channels, -low / range), Collections.nCopies(channels, 1 / range));
  }
}
