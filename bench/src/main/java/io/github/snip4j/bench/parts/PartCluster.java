package io.github.snip4j.bench.parts;

import java.io.IOException;
import java.util.function.Function;

/** Machines that compute parts. A build that has them names this as a service. */
public interface PartCluster {
  /**
   * Runs {@link PartTask#run} for each part, all at the same time, and all again if one fails;
   * returns when all have ended.
   *
   * @param master which machines, in the words of the cluster
   * @param task makes the task of the name under which they find this program's machine
   * @throws IOException if the machines cannot be had, or failed again and again, in one sentence
   * @throws InterruptedException if the thread is interrupted; the tasks are ended then
   */
  void run(String master, int parts, Function<String, PartTask> task)
      throws IOException, InterruptedException;
}
