package io.github.snip4j.bench.story;

import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.result.Machine;

/** The last lines of a report: which program wrote it, and whose method it is. */
final class ReportFooter {
  private static final String SNIP =
      "Lee, Ajanthan and Torr, SNIP: Single-shot Network Pruning based on Connection Sensitivity,"
          + " ICLR 2019 (arXiv 1810.02340)";

  private ReportFooter() {}

  static String words(Machine machine) {
    return "Written by snip4j " + machine.snip4j() + ".";
  }

  static String words(Machine machine, CriterionKind criterion) {
    return words(machine, source(criterion));
  }

  /** Whose idea a criterion is; empty for nobody's. */
  static String source(CriterionKind criterion) {
    return criterion == CriterionKind.SNIP ? SNIP : criterion.source();
  }

  static String words(Machine machine, String idea) {
    return words(machine) + (idea.isEmpty() ? "" : " The method: " + idea + ".");
  }
}
