package io.github.snip4j.snip.dynamic;

import io.github.snip4j.core.random.Seed;
import java.util.BitSet;

/**
 * Vacant positions by chance, without repetition: Floyd's algorithm, which takes one draw for each
 * [Bentley, Floyd, <i>A sample of brilliance</i>, Communications of the ACM 30(9), 1987].
 */
final class RandomPositions {
  private RandomPositions() {}

  static int[] of(Vacancies vacancies, int count) {
    BitSet ranks = ranks(vacancies.count(), count, vacancies.seed());
    return positions(ranks, count, vacancies.taken().positions());
  }

  /** So many of the numbers below a bound. */
  private static BitSet ranks(int bound, int count, Seed seed) {
    BitSet chosen = new BitSet(bound);
    for (int j = bound - count; j < bound; j++) {
      int draw = seed.below(j, j + 1);
      chosen.set(chosen.get(draw) ? j : draw);
    }
    return chosen;
  }

  /** The vacant positions that have these ranks among all vacant ones. */
  private static int[] positions(BitSet ranks, int count, int[] taken) {
    int[] positions = new int[count];
    int before = 0; // taken positions that come before
    int next = 0;
    for (int rank = ranks.nextSetBit(0); rank >= 0; rank = ranks.nextSetBit(rank + 1)) {
      while (before < taken.length && taken[before] <= rank + before) {
        before++;
      }
      positions[next++] = rank + before;
    }
    return positions;
  }
}
