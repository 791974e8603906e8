package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.nn.Network;

/**
 * A method that Table 1 of the paper compares SNIP with: it prunes while or after training, where
 * SNIP prunes before.
 *
 * <p>The same network, batches and seed give the same bits, whatever the number of threads.
 */
public interface Rival {
  /** What the paper calls it, as in Table 1: {@code LWC}. */
  String name();

  /** Whether it begins with a trained network. */
  boolean startsTrained();

  /**
   * Gives the pruned network, which stores only the connections that are left.
   *
   * @param network trained, where {@link #startsTrained} says so; not changed
   * @param train the training examples in batches; each epoch goes through all of them
   * @param seed of all that is drawn at random
   * @param listener told after each step; it may stop the method by throwing
   * @throws IllegalArgumentException if the method does not know what to do with a layer of the
   *     network, or its settings leave no connection
   * @throws io.github.snip4j.nn.train.DivergedException if the loss becomes infinite or not a
   *     number
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  Network prune(Network network, BatchSource train, long seed, RivalListener listener);
}
