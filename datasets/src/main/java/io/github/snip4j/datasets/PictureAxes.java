package io.github.snip4j.datasets;

import io.github.snip4j.core.tensor.Shape;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How examples lie in an array of theirs, and what they become: {@code [N, F]}, {@code [N, H, W]},
 * {@code [N, C, H, W]} or {@code [N, H, W, C]}, of which C is told by being 1 or 3.
 *
 * @param example the shape of one, channels first
 * @param channelsLast whether the channels are last in the array
 */
record PictureAxes(Shape example, boolean channelsLast) {
  /** What there is besides. */
  static final String EXPECTED = "[N, C, H, W] or [N, H, W, C] with C of 1 or 3";

  private static final Set<Integer> CHANNELS = Set.of(1, 3);

  /** Of an array of 2 to 4 axes; null if nobody knows which of four are the channels. */
  static @Nullable PictureAxes of(int... dims) {
    if (dims.length == 2) {
      return new PictureAxes(Shape.of(dims[1]), false);
    }
    if (dims.length == 3) {
      return new PictureAxes(Shape.of(1, dims[1], dims[2]), false);
    }
    boolean first = CHANNELS.contains(dims[1]);
    boolean last = CHANNELS.contains(dims[3]);
    if (first == last) {
      return null;
    }
    return first
        ? new PictureAxes(Shape.of(dims[1], dims[2], dims[3]), false)
        : new PictureAxes(Shape.of(dims[3], dims[1], dims[2]), true);
  }

  /** Bytes of examples with the channels first; the same array if they are. */
  byte[] planes(byte[] pixels) {
    if (!channelsLast) {
      return pixels;
    }
    byte[] planes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      planes[place(i)] = pixels[i];
    }
    return planes;
  }

  /** Numbers of examples with the channels first; the same array if they are. */
  float[] planes(float[] numbers) {
    if (!channelsLast) {
      return numbers;
    }
    float[] planes = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      planes[place(i)] = numbers[i];
    }
    return planes;
  }

  /** Where an element of the array goes. */
  private int place(int i) {
    int channels = example.dim(0);
    int plane = example.size() / channels;
    int within = i % example.size();
    return i - within + within % channels * plane + within / channels;
  }
}
