package io.github.snip4j.core.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PieceTimesTest {
  /**
   * Two threads work 4 + 1 and 3 + 2 of ten; of the second job one piece is as long as all others.
   */
  @Test
  void threadsClaimPiecesAsTheyAreDoneWithOthers() {
    PieceTimes times =
        new PieceTimes(30, List.of(new long[] {4, 3, 2, 1}, new long[] {1, 1, 1, 3}));
    assertThat(times.alone()).isEqualTo(14.0 / 30, Offset.offset(1e-12));
    assertThat(times.on(1, 100)).isEqualTo(30, Offset.offset(1e-9));
    assertThat(times.on(2, 0.5)).isEqualTo(14 + 5 + 4 + 2 * 0.5, Offset.offset(1e-9));
    assertThat(times.on(4, 0.5)).isEqualTo(14 + 4 + 3 + 2 * 0.5, Offset.offset(1e-9));
    assertThat(times.on(64, 0)).isEqualTo(times.on(4, 0));
  }

  @Test
  void allPiecesAreComputedOnThisThreadAndThoseWithinPiecesAreTheirs() {
    Set<Thread> threads = new HashSet<>();
    int[] computed = {0};
    PieceTimes times =
        PieceTimes.of(
            () -> {
              assertThat(Parallel.threads()).isGreaterThan(1);
              Parallel.forEach(
                  3,
                  piece ->
                      Parallel.forEach(
                          5,
                          inner -> {
                            threads.add(Thread.currentThread());
                            computed[0]++;
                            spin(100_000);
                          }));
              spin(1_500_000);
              return computed[0];
            });
    assertThat(threads).containsExactly(Thread.currentThread());
    assertThat(computed[0]).isEqualTo(15);
    assertThat(times.whole()).isGreaterThanOrEqualTo(3_000_000);
    // half is done alone, and of the rest a third is the least that three threads take
    assertThat(times.whole() - times.on(3, 0)).isGreaterThanOrEqualTo(900_000);
    assertThat(times.on(15, 0)).isEqualTo(times.on(3, 0));
  }

  private static void spin(long nanos) {
    for (long begin = System.nanoTime(); System.nanoTime() - begin < nanos; ) {
      Thread.onSpinWait();
    }
  }
}
