package io.github.snip4j.core.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerPoolTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyPieceRunsOnce(int threads) {
    WorkerPool pool = new WorkerPool(threads);
    for (int pieces : new int[] {0, 1, 2, 7, 100}) {
      for (int round = 0; round < 500; round++) {
        AtomicIntegerArray runs = new AtomicIntegerArray(pieces);
        pool.forEach(pieces, runs::incrementAndGet);
        for (int piece = 0; piece < pieces; piece++) {
          assertThat(runs.get(piece)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void aParkedWorkerIsWoken() throws InterruptedException {
    WorkerPool pool = new WorkerPool(2);
    for (int round = 0; round < 20; round++) {
      Thread.sleep(5); // long past the spinning
      CountDownLatch both = new CountDownLatch(2);
      pool.forEach(2, piece -> awaitTogether(both)); // one thread alone would wait in vain
    }
  }

  private static void awaitTogether(CountDownLatch both) {
    both.countDown();
    try {
      assertThat(both.await(20, TimeUnit.SECONDS)).as("the other piece has started").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatAPieceThrowsReachesTheCallerAndThePoolLivesOn() {
    WorkerPool pool = new WorkerPool(3);
    AtomicIntegerArray runs = new AtomicIntegerArray(20);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                pool.forEach(
                    20,
                    piece -> {
                      runs.incrementAndGet(piece);
                      if (piece == 7) {
                        throw new IllegalStateException("piece 7");
                      }
                    }))
        .withMessage("piece 7");
    assertThat(runs.toString()).doesNotContain("0");
    everyPieceRunsOnce(3);
  }

  @Test
  void callsFromWithinAPieceAndFromOtherThreadsAreServed() throws InterruptedException {
    WorkerPool pool = new WorkerPool(2);
    AtomicIntegerArray runs = new AtomicIntegerArray(4 * 100 * 10);
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < 4; caller++) {
      int base = caller * 1000;
      Thread thread =
          new Thread(
              () ->
                  pool.forEach(
                      100,
                      outer ->
                          pool.forEach(
                              10, inner -> runs.incrementAndGet(base + outer * 10 + inner))));
      thread.start();
      callers.add(thread);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    for (int i = 0; i < runs.length(); i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  @Test
  void rangesCoverEverythingOnce() {
    for (int n : new int[] {0, 1, 99, 100, 101, 1000}) {
      AtomicIntegerArray runs = new AtomicIntegerArray(n);
      Parallel.forRange(
          n,
          100,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              runs.incrementAndGet(i);
            }
          });
      for (int i = 0; i < n; i++) {
        assertThat(runs.get(i)).isEqualTo(1);
      }
    }
  }
}
