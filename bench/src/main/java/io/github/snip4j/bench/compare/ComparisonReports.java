package io.github.snip4j.bench.compare;

import io.github.snip4j.bench.run.ReportWriter;
import io.github.snip4j.bench.run.RunFolder;
import java.io.IOException;

/** Writes the reports of a comparison, for people: one of each run, and one of all. */
public interface ComparisonReports extends ReportWriter {
  /**
   * Writes the report of all runs.
   *
   * @param folder of the comparison
   * @throws IOException if it cannot be written; the numbers are, by then
   */
  void write(Comparison comparison, RunFolder folder) throws IOException;
}
