package io.github.snip4j.bench.scoring.remote;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;

/** Machines that compute parts of a scoring. A build that has them names this as a service. */
public interface ScoringCluster {
  /**
   * Asks for machines.
   *
   * @param master which, in the words of the cluster
   * @throws IOException if they cannot be had, in one sentence
   */
  Machines on(String master) throws IOException;

  /** Machines that are there until they are closed. */
  interface Machines extends Closeable {
    /**
     * Runs {@link ScoringRound#compute} for each part, again on another machine where one is lost;
     * returns when all have ended.
     *
     * @param arrived told of one at a time, in any order
     * @throws IOException if machines failed again and again, in one sentence
     */
    void run(ScoringRound round, Consumer<ScoringRound.End> arrived) throws IOException;
  }
}
