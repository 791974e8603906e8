package io.github.snip4j.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What is live counts, and garbage does not. */
class PeakHeapTest {
  private static final int MEGABYTE = 1 << 20;

  @Test
  void garbageIsNotCounted() {
    System.gc();
    long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    PeakHeap heap = new PeakHeap();
    byte[][] held = new byte[40][MEGABYTE];
    System.gc();
    long sum = 0;
    for (int i = 0; i < 1_000; i++) { // a gigabyte, none of it held
      byte[] garbage = new byte[MEGABYTE];
      garbage[i] = 1;
      sum += garbage[i] + held[i % held.length].length;
    }
    assertThat(sum).isEqualTo(1_000L * (MEGABYTE + 1));
    // Of what other tests left, some may go meanwhile: less than 10 MB.
    assertThat(heap.bytes() - before).isBetween(30L * MEGABYTE, 140L * MEGABYTE);
    assertThat(heap.bytes()).isPositive(); // asked again
  }

  @Test
  void whereNothingWasCollectedWhatIsThereCounts() {
    assertThat(new PeakHeap().bytes()).isGreaterThan(MEGABYTE);
  }
}
