package io.github.snip4j.core.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @Test
  void aTaskWithOneThreadOfItsOwnComputesAllPiecesItself() {
    int usual = Parallel.threads();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    String result =
        Parallel.withOwnThreads(
            1,
            () -> {
              for (int i = 0; i < 1000; i++) {
                Parallel.forEach(16, piece -> threads.add(Thread.currentThread()));
              }
              assertThat(Parallel.threads()).isEqualTo(1);
              return "done";
            });
    assertThat(result).isEqualTo("done");
    assertThat(threads).containsExactly(Thread.currentThread());
    assertThat(Parallel.threads()).isEqualTo(usual);
  }

  @Test
  void aThreadThatATaskStartsComputesOnTheTasksThreads() throws InterruptedException {
    AtomicInteger threads = new AtomicInteger();
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    Runnable work =
        () -> {
          threads.set(Parallel.threads());
          Parallel.forEach(1000, piece -> used.add(Thread.currentThread()));
        };
    Thread started = Parallel.withOwnThreads(1, () -> new Thread(work));
    started.start();
    started.join();
    assertThat(threads).hasValue(1);
    assertThat(used).containsExactly(started);
  }

  @Test
  void aTaskThatFailsGivesItsThreadsBack() {
    int usual = Parallel.threads();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Parallel.withOwnThreads(
                    3,
                    () -> {
                      assertThat(Parallel.threads()).isEqualTo(3);
                      throw new IllegalArgumentException("no");
                    }))
        .withMessage("no");
    assertThat(Parallel.threads()).isEqualTo(usual);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parallel.withOwnThreads(0, () -> "never"))
        .withMessage("0 threads: expected 1 or more");
  }
}
