package io.github.snip4j.core.io;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file whose place others of other lengths take, as checkpoints do, is whole at any time. */
class SealReplacedTest {
  @TempDir Path folder;

  @Test
  void theSealIsThatOfTheFileWhichWasOpened() throws Exception {
    Path file = folder.resolve("checkpoint.npz");
    write(file, 1);
    AtomicBoolean ends = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              while (!ends.get()) {
                write(file, 1 + written.getAndIncrement() % 50);
              }
            });
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
    try {
      for (int read = 0;
          (read < 100 || written.get() < 100 || System.nanoTime() < end) && !writer.isDone();
          read++) {
        Seal.check(file);
      }
    } finally {
      ends.set(true);
    }
    writer.get();
  }

  private static void write(Path file, int length) {
    try {
      NpzWriter writer = new NpzWriter();
      writer.put("x", Tensor.zeros(Shape.of(100 * length)));
      writer.writeSealed(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
