package io.github.snip4j.core.io;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A program whose threads hold a lock as often as they can. Each makes another file while it does,
 * so that two at once are noticed.
 */
final class LockContender {
  private LockContender() {}

  /** Says how often it held the lock, and how often somebody else did at the same time. */
  record Count(int held, int together) {}

  /** Arguments: the folder, and for how many milliseconds. */
  public static void main(String[] arguments) throws ExecutionException, InterruptedException {
    Count count = contend(Path.of(arguments[0]), 3, Long.parseLong(arguments[1]));
    System.out.println(count.held + " " + count.together);
  }

  static Count contend(Path folder, int threads, long millis)
      throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Count>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(() -> one(folder, end)));
      }
      int held = 0;
      int together = 0;
      for (Future<Count> one : all) {
        held += one.get().held;
        together += one.get().together;
      }
      return new Count(held, together);
    } finally {
      pool.shutdown();
    }
  }

  private static Count one(Path folder, long end) throws IOException {
    int held = 0;
    int together = 0;
    while (System.nanoTime() < end) {
      try (LockFile own = LockFile.hold(folder.resolve(".lock"))) {
        Files.createFile(folder.resolve("inside"));
        held++;
        together += own.isThere() ? 0 : 1;
        Files.delete(folder.resolve("inside"));
      } catch (FileAlreadyExistsException e) {
        together++;
      } catch (HeldException e) {
        Thread.onSpinWait(); // the next attempt may be luckier
      }
    }
    return new Count(held, together);
  }
}
