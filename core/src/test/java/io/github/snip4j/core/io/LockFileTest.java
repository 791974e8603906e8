package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That other programs are kept out, and that a crash keeps nobody out, is in LockedRunTest. */
class LockFileTest {
  @TempDir Path folder;

  @Test
  void onlyOneHoldsItAndItsProcessIsNamed() throws IOException {
    Path file = folder.resolve(".lock");
    try (LockFile held = LockFile.hold(file)) {
      assertThat(held.isThere()).isTrue();
      assertThat(Files.readString(file))
          .matches(ProcessHandle.current().pid() + " [0-9a-f-]{36}\n");
      assertThatExceptionOfType(HeldException.class)
          .isThrownBy(() -> LockFile.hold(file))
          .matches(e -> e.holder().equals("this process"))
          .withMessage(file + ": is held by this process");
    }
    assertThat(file).doesNotExist();
    LockFile.hold(file).close();
  }

  @Test
  void whatADeadProgramLeftIsTakenOver() throws IOException {
    Path file = Files.writeString(folder.resolve(".lock"), "1\n"); // of a process that lives
    try (LockFile held = LockFile.hold(file)) {
      assertThat(held.isThere()).isTrue();
      assertThat(Files.readString(file))
          .matches(ProcessHandle.current().pid() + " [0-9a-f-]{36}\n");
    }
  }

  @Test
  void whatSomebodyElseMadeInItsPlaceIsNotTakenForIt() throws IOException {
    Path file = folder.resolve(".lock");
    LockFile first = LockFile.hold(file);
    Files.delete(file);
    assertThat(first.isThere()).isFalse();
    try (LockFile second = LockFile.hold(file)) {
      assertThat(first.isThere()).isFalse();
      first.close();
      assertThat(second.isThere()).isTrue();
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> LockFile.hold(folder.resolve("no/.lock")));
  }

  @Test
  void manyThreadsHoldItOneAfterTheOther() throws Exception {
    Path file = folder.resolve(".lock");
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger held = new AtomicInteger();
    Callable<Integer> holder =
        () -> {
          int most = 0;
          for (int i = 0; i < 3_000; i++) {
            try (LockFile own = LockFile.hold(file)) {
              most = Math.max(most, inside.incrementAndGet());
              held.incrementAndGet();
              assertThat(own.isThere()).isTrue();
              if (i % 8 == 0) {
                LockSupport.parkNanos(1); // others come between, and files get old ones' numbers
              }
              inside.decrementAndGet();
            } catch (HeldException e) {
              Thread.onSpinWait(); // the next attempt may be luckier
            }
          }
          return most;
        };
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(threads.submit(holder));
      }
      for (Future<Integer> one : all) {
        assertThat(one.get()).isLessThanOrEqualTo(1);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(held).hasPositiveValue();
  }
}
