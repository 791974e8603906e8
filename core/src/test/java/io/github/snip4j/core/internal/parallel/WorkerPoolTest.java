package io.github.snip4j.core.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerPoolTest {
  private static final long SPIN = 50_000; // nanoseconds
  private static final long IDLE = 1_000_000_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyPieceRunsOnce(int threads) {
    WorkerPool pool = new WorkerPool(threads, SPIN, IDLE);
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
    WorkerPool pool = new WorkerPool(2, SPIN, IDLE);
    for (int round = 0; round < 20; round++) {
      Thread.sleep(5); // long past the spinning
      CountDownLatch both = new CountDownLatch(2);
      pool.forEach(2, piece -> awaitTogether(both)); // one thread alone would wait in vain
    }
  }

  /** The thread that computes beside the caller. */
  private static Thread helper(WorkerPool pool) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch both = new CountDownLatch(2);
    pool.forEach(
        2,
        piece -> {
          threads.add(Thread.currentThread());
          awaitTogether(both);
        });
    threads.remove(Thread.currentThread());
    return threads.iterator().next();
  }

  @Test
  void aThreadEndsWhenItIsIdleAndIsStartedAgainForNewWork() throws InterruptedException {
    WorkerPool pool = new WorkerPool(2, SPIN, 50_000_000);
    Thread first = helper(pool);
    assertThat(first.isDaemon()).isTrue();
    first.join(10_000);
    assertThat(first.isAlive()).as("alive after ten seconds without work").isFalse();
    assertThat(helper(pool)).isNotSameAs(first);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, SPIN})
  void aThreadThatIsInUseIsKept(long spin) throws InterruptedException {
    WorkerPool pool = new WorkerPool(2, spin, 20 * IDLE);
    Thread first = helper(pool);
    Thread.sleep(50);
    assertThat(helper(pool)).isSameAs(first);
  }

  @Test
  void aThreadTakesNothingOverFromTheOneThatStartsIt() throws InterruptedException {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    ClassLoader loader = new URLClassLoader(new URL[0]);
    ThreadGroup group = new ThreadGroup("a program's own");
    WorkerPool pool = new WorkerPool(2, SPIN, IDLE);
    Set<Object> seen = ConcurrentHashMap.newKeySet();
    Thread caller =
        new Thread(
            group,
            () -> {
              local.set("of the caller");
              Thread.currentThread().setContextClassLoader(loader);
              CountDownLatch both = new CountDownLatch(2);
              pool.forEach(
                  2,
                  piece -> {
                    awaitTogether(both);
                    if (Thread.currentThread().getName().startsWith("snip4j-worker")) {
                      seen.add(String.valueOf(local.get()));
                      seen.add(Thread.currentThread().getContextClassLoader());
                      seen.add(Objects.requireNonNull(Thread.currentThread().getThreadGroup()));
                    }
                  });
            });
    caller.start();
    caller.join();
    assertThat(seen)
        .hasSize(3)
        .contains("null", ClassLoader.getSystemClassLoader())
        .doesNotContain(loader, group);
  }

  /** A program's code between the one who starts it and the engine. */
  public static final class Between implements Consumer<Runnable> {
    /** For the class loader. */
    public Between() {}

    @Override
    public void accept(Runnable engine) {
      engine.run();
    }
  }

  @Test
  void aThreadThatServesSeveralProgramsHoldsOnToNone() throws Exception {
    WorkerPool pool = new WorkerPool(2, SPIN, 60 * IDLE);
    WeakReference<ClassLoader> program = startWithin(pool);
    for (int i = 0; i < 200 && program.get() != null; i++) {
      helper(pool); // another program goes on
      System.gc();
      Thread.sleep(20);
    }
    assertThat(program.get()).as("the class loader of the program that started it").isNull();
  }

  private static WeakReference<ClassLoader> startWithin(WorkerPool pool) throws Exception {
    URL[] here = {Between.class.getProtectionDomain().getCodeSource().getLocation()};
    try (URLClassLoader loader = new URLClassLoader(here, ClassLoader.getPlatformClassLoader())) {
      @SuppressWarnings("unchecked")
      Consumer<Runnable> between =
          (Consumer<Runnable>)
              loader.loadClass(Between.class.getName()).getDeclaredConstructor().newInstance();
      between.accept(() -> helper(pool));
      return new WeakReference<>(loader);
    }
  }

  @Test
  void workersSpinOnlyWhereJobsFollowEachOtherFast() throws InterruptedException {
    WorkerPool pool = new WorkerPool(2, SPIN, IDLE);
    for (int job = 0; job < 60; job++) {
      Thread.sleep(1);
      pool.forEach(2, piece -> {});
    }
    assertThat(pool.spin()).isLessThan(100);
    for (int job = 0; job < 2_000; job++) {
      pool.forEach(2, piece -> {});
    }
    assertThat(pool.spin()).isBetween(100L, SPIN);
    WorkerPool never = new WorkerPool(2, 0, IDLE);
    for (int job = 0; job < 100; job++) {
      never.forEach(2, piece -> {});
      assertThat(never.spin()).isZero();
    }
  }

  @Test
  void anInterruptedThreadSleepsAndWorksAsBefore() throws InterruptedException {
    WorkerPool pool = new WorkerPool(2, 0, 20 * IDLE);
    Thread worker = helper(pool);
    Thread.sleep(20);
    worker.interrupt();
    Thread.sleep(20);
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long before = clock.getThreadCpuTime(worker.getId());
    Thread.sleep(200);
    assertThat(clock.getThreadCpuTime(worker.getId()) - before).isLessThan(50_000_000L);
    assertThat(helper(pool)).isSameAs(worker);
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
    WorkerPool pool = new WorkerPool(3, SPIN, IDLE);
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
    WorkerPool pool = new WorkerPool(2, SPIN, IDLE);
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
