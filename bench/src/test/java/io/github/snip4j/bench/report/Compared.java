package io.github.snip4j.bench.report;

import java.util.List;
import java.util.stream.IntStream;

/** A made-up comparison. */
final class Compared {
  private Compared() {}

  static ComparisonReport report() {
    return new ComparisonReport(
        "Five criteria on <lenet-300-100>",
        "Each criterion pruned the same networks; SNIP did best & random worst.",
        List.of(new Headline("2.11 %", "Least error", "connection sensitivity at 95 %")),
        "Mean error on 10,000 test examples over 3 seeds, with the standard deviation.",
        List.of(
            criterion("connection sensitivity", 1.8, 2.1, 3.1, 4.9, 8.8, 21, 44),
            criterion("magnitude", 2.0, 2.9, 6.2, 21, 88, 90.2, 90.2),
            criterion("grasp", 1.9, 2.4, 3.9, 6.5, 14, 38, 70),
            criterion("synflow", 1.9, 2.3, 3.4, 5.1, 8.2, 15, 31),
            new ComparisonReport.Criterion(
                "random", "", List.of(new ComparisonReport.Cell(0.95, 0.064, 0, 1)))),
        new Facts("All of them ran with these settings.", List.of(new Facts.Fact("seeds", "3"))),
        "Written by a test.");
  }

  private static ComparisonReport.Criterion criterion(String name, double... errors) {
    double[] sparsities = {0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999};
    return new ComparisonReport.Criterion(
        name,
        "what " + name + " measures",
        IntStream.range(0, errors.length)
            .mapToObj(
                i ->
                    new ComparisonReport.Cell(
                        sparsities[i], errors[i] / 100, 0.0005 + errors[i] / 1500, 3))
            .toList());
  }
}
