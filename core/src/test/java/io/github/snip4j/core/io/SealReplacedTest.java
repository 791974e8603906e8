package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    CompletableFuture<Integer> writer =
        CompletableFuture.supplyAsync(
            () -> {
              int written = 0;
              while (!ends.get()) {
                write(file, 1 + written++ % 50);
              }
              return written;
            });
    int read = 0;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
    try {
      while (System.nanoTime() < end) {
        Seal.check(file);
        read++;
      }
    } finally {
      ends.set(true);
    }
    assertThat(writer.get()).isGreaterThan(10);
    assertThat(read).isGreaterThan(10);
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
