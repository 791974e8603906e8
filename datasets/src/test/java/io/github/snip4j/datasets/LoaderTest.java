package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.augment.Augmentations;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoaderTest {
  private final Dataset data = SyntheticPictures.noise(100, 10, 1, 5, 5);
  private final Examples examples = Splits.of(data, data, new Seed(1)).train();
  private final ReusableBatches source = examples.shuffled(20, new Seed(2), Augmentations.paper());

  @Test
  void itGivesTheBatchesOfItsSourceInAnyOrder() {
    for (int ahead : new int[] {1, 2, 5}) {
      try (Loader loader = new Loader(source, ahead, 0)) {
        assertThat(loader.batchesPerEpoch()).isEqualTo(5);
        long[] steps = {0, 1, 2, 3, 4, 5, 6, 40, 41, 3, 3, 2, 1, 2, 3, 1_000_000};
        for (long step : steps) {
          Batch expected = source.at(step);
          Batch batch = loader.at(step);
          assertThat(batch.x().shape()).isEqualTo(expected.x().shape());
          assertThat(batch.x().toArray()).isEqualTo(expected.x().toArray());
          assertThat(batch.labels()).isEqualTo(expected.labels());
        }
      }
    }
  }

  @Test
  void aBatchStaysUntilTheSecondCallAfterIt() {
    try (Loader loader = new Loader(source, 3, 0)) {
      for (long step = 0; step < 200; step++) {
        Batch batch = loader.at(step);
        Batch next = loader.at(step + 1);
        LockSupport.parkNanos(100_000);
        assertThat(batch.x().toArray()).isEqualTo(source.at(step).x().toArray());
        assertThat(next.x().toArray()).isEqualTo(source.at(step + 1).x().toArray());
      }
    }
  }

  @Test
  void aFewBuffersAreUsedAgainAndAgain() {
    Set<float[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    ReusableBatches even = examples.shuffled(30, new Seed(2)); // no smaller last batch
    try (Loader loader = new Loader(even, 2, 0)) {
      for (long step = 0; step < 500; step++) {
        buffers.add(loader.at(step).x().data());
      }
    }
    assertThat(buffers).hasSizeBetween(2, 2 + 2 + 1); // handed out, ready, being made
  }

  @Test
  void noMoreBatchesAreMadeThanAskedFor() {
    AtomicInteger made = new AtomicInteger();
    try (Loader loader = new Loader(counting(made), 3, 0)) {
      awaitTrue(() -> made.get() == 3);
      LockSupport.parkNanos(50_000_000);
      assertThat(made).hasValue(3);
      loader.at(0);
      awaitTrue(() -> made.get() == 4);
    }
  }

  @Test
  void whatTheSourceThrowsArrivesAtItsStepAndNotBefore() {
    ReusableBatches failing =
        from(
            step -> {
              if (step == 4) {
                throw new IllegalArgumentException("no step 4");
              }
              return source.at(step);
            });
    try (Loader loader = new Loader(failing, 3, 0)) {
      for (long step = 0; step < 4; step++) {
        assertThat(loader.at(step).size()).isPositive();
      }
      for (int again = 0; again < 2; again++) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> loader.at(4))
            .withMessage("no step 4");
      }
      assertThat(loader.at(5).labels()).isEqualTo(source.at(5).labels());
    }
  }

  @Test
  void errorsArriveToo() {
    ReusableBatches failing =
        from(
            step -> {
              throw new OutOfMemoryError("made up");
            });
    try (Loader loader = new Loader(failing, 1, 0)) {
      assertThatThrownBy(() -> loader.at(0)).isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void closingEndsTheThread() {
    Set<Thread> before = loaders();
    Loader loader = new Loader(source, 2, 0);
    loader.at(0);
    Set<Thread> own = loaders();
    own.removeAll(before);
    assertThat(own).hasSize(1).allMatch(Thread::isDaemon);
    loader.close();
    loader.close();
    awaitTrue(() -> own.stream().noneMatch(Thread::isAlive));
    assertThatIllegalStateException()
        .isThrownBy(() -> loader.at(1))
        .withMessage("the loader is closed");
  }

  @Test
  void aLoaderThatNobodyUsesAnyMoreEndsItsThread() {
    Set<Thread> before = loaders();
    forget();
    Set<Thread> own = loaders();
    own.removeAll(before);
    awaitTrue(
        () -> {
          System.gc();
          return own.stream().noneMatch(Thread::isAlive);
        });
  }

  private void forget() {
    assertThat(new Loader(source, 2, 0).at(0).size()).isEqualTo(20);
  }

  @Test
  void anInterruptedWaitSaysSo() {
    ReusableBatches slow =
        from(
            step -> {
              LockSupport.parkNanos(300_000_000);
              return source.at(step);
            });
    try (Loader loader = new Loader(slow, 1, 0)) {
      Thread.currentThread().interrupt();
      assertThatIllegalStateException()
          .isThrownBy(() -> loader.at(0))
          .withMessage("interrupted while waiting for the batch of step 0");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(loader.at(0).size()).isEqualTo(20);
      assertThat(loader.waitedSeconds()).isPositive();
    }
  }

  private ReusableBatches counting(AtomicInteger made) {
    return from(
        step -> {
          made.incrementAndGet();
          return source.at(step);
        });
  }

  private ReusableBatches from(LongFunction<Batch> batches) {
    return new ReusableBatches() {
      @Override
      public Batch at(long step, @Nullable Batch old) {
        return batches.apply(step);
      }

      @Override
      public int batchesPerEpoch() {
        return source.batchesPerEpoch();
      }
    };
  }

  private static Set<Thread> loaders() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().equals("snip4j-loader"));
    return threads;
  }

  private static void awaitTrue(BooleanSupplier holds) {
    for (int i = 0; i < 2_000 && !holds.getAsBoolean(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }
}
