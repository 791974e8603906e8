package io.github.snip4j.datasets;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Files of one picture and a label each, on the way to becoming a dataset. */
final class PictureFiles {
  private static final int PER_PIECE = 10;

  private final List<Path> files = new ArrayList<>();
  private final IntStream.Builder labels = IntStream.builder();
  private @Nullable IOException failure;
  private int failed = Integer.MAX_VALUE;

  /** Makes pixels of one file. */
  @FunctionalInterface
  interface Decoder {
    void decode(Path file, byte[] pixels, int offset) throws IOException;
  }

  void add(Path file, int label) {
    files.add(file);
    labels.add(label);
  }

  int size() {
    return files.size();
  }

  /**
   * Decodes them all, on the engine's threads.
   *
   * @param example the shape that each becomes
   * @throws BadFileException if one is no such picture; of several the first in order is named
   */
  Dataset decode(Shape example, List<String> classNames, Decoder decoder) throws IOException {
    if ((long) files.size() * example.size() > Integer.MAX_VALUE - 16) {
      throw new BadFileException(
          String.valueOf(files.get(0).getParent()), files.size() + " pictures: more than 2 GiB");
    }
    byte[] pixels = new byte[files.size() * example.size()];
    Parallel.forRange(
        files.size(),
        PER_PIECE,
        (from, to) -> {
          for (int i = from; i < to && i < firstFailure(); i++) {
            try {
              decoder.decode(files.get(i), pixels, i * example.size());
            } catch (IOException e) {
              fail(i, e);
            }
          }
        });
    synchronized (this) {
      if (failure != null) {
        throw failure;
      }
    }
    return new Dataset(example, classNames, pixels, labels.build().toArray());
  }

  private synchronized int firstFailure() {
    return failed;
  }

  private synchronized void fail(int index, IOException e) {
    if (index < failed) {
      failed = index;
      failure = e;
    }
  }
}
