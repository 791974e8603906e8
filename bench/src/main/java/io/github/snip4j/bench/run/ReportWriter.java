package io.github.snip4j.bench.run;

import java.io.IOException;

/** Writes the report of a run that is finished, for people. */
public interface ReportWriter {
  /**
   * Writes it into the folder of the run.
   *
   * @throws IOException if it cannot be written; the results of the run are, by then
   */
  void write(FinishedRun run) throws IOException;
}
