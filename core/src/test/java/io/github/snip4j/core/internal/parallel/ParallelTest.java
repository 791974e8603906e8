package io.github.snip4j.core.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
