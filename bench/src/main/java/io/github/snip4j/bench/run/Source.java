package io.github.snip4j.bench.run;

/** What a report says at its end: who wrote it, and whose idea it is. */
final class Source {
  private Source() {}

  static String words(Machine machine) {
    return ("Written by snip4j " + machine.snip4j() + ". The method: Lee, Ajanthan and Torr, SNIP:")
        + " Single-shot Network Pruning based on Connection Sensitivity, ICLR 2019 (arXiv"
        + " 1810.02340).";
  }
}
