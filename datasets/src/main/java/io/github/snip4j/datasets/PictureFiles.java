package io.github.snip4j.datasets;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JPEG files with a label each, on the way to becoming a dataset. */
final class PictureFiles {
  private static final Shape EXAMPLE = Shape.of(3, 64, 64);
  private static final long LARGEST = 1 << 20;
  private static final int PER_PIECE = 50;

  private final List<Path> files = new ArrayList<>();
  private final ByteArrayOutputStream labels = new ByteArrayOutputStream();
  private @Nullable IOException failure;
  private int failed = Integer.MAX_VALUE;

  void add(Path file, int label) {
    files.add(file);
    labels.write(label);
  }

  /**
   * Decodes them all, on the engine's threads.
   *
   * @throws BadFileException if one is no such picture; of several the first in order is named
   */
  Dataset decode(List<String> classNames) throws IOException {
    if ((long) files.size() * EXAMPLE.size() > Integer.MAX_VALUE - 16) {
      throw new BadFileException(
          String.valueOf(files.get(0).getParent()), files.size() + " pictures: more than 2 GiB");
    }
    byte[] pixels = new byte[files.size() * EXAMPLE.size()];
    Parallel.forRange(
        files.size(),
        PER_PIECE,
        (from, to) -> {
          for (int i = from; i < to && i < firstFailure(); i++) {
            try {
              decode(files.get(i), pixels, i * EXAMPLE.size());
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
    return new Dataset(EXAMPLE, classNames, pixels, labels.toByteArray());
  }

  private static void decode(Path file, byte[] pixels, int offset) throws IOException {
    if (Files.size(file) > LARGEST || !Files.isRegularFile(file)) {
      throw new BadFileException(
          file.toString(), "expected a file of at most " + LARGEST + " bytes");
    }
    JpegPicture.decode(Files.readAllBytes(file), file.toString(), EXAMPLE, pixels, offset);
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
