package io.github.snip4j.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * One of the sparsities that a network has on the way, when it is pruned in rounds or gradually.
 *
 * @param sparsity that was asked for, of all connections that may be pruned
 * @param kept how many of these are left
 * @param sparse how many weights are stored as sparse matrices, as is faster there
 * @param steps that the network is trained at this level
 * @param stepMillis of one of them; 0 before the last
 * @param cut on the test set, right after it was pruned to this level; null where that is not
 *     looked at
 * @param trained on the test set, after the last step at this level; null likewise
 */
public record PruningLevel(
    double sparsity,
    int kept,
    int sparse,
    long steps,
    double stepMillis,
    TrainingResult.@Nullable Score cut,
    TrainingResult.@Nullable Score trained) {
  /** A level that begins. */
  public static PruningLevel begins(
      double sparsity, int kept, int sparse, TrainingResult.@Nullable Score cut) {
    return new PruningLevel(sparsity, kept, sparse, 0, 0, cut, null);
  }

  /** This level when it ends. */
  public PruningLevel ended(
      long trainedFor, double millis, TrainingResult.@Nullable Score afterwards) {
    return new PruningLevel(sparsity, kept, sparse, trainedFor, millis, cut, afterwards);
  }

  /** The seconds of its steps. */
  public double seconds() {
    return steps * stepMillis / 1e3;
  }
}
