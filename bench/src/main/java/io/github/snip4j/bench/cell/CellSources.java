package io.github.snip4j.bench.cell;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;

/** Finds what the options of a cell name. */
public interface CellSources {
  /**
   * The dataset; asked for once for all cells that have the same.
   *
   * @throws IllegalArgumentException if there is none
   */
  Data data(DataSpec spec) throws IOException;

  /**
   * The kind of network that a run begins with, of drawn weights or of those in a file.
   *
   * @throws IllegalArgumentException if there is none
   */
  Model model(RunOptions options, Data data) throws IOException;

  /** Sources that give all cells one network and one set of data. */
  static CellSources of(Model model, Data data) {
    return new CellSources() {
      @Override
      public Data data(DataSpec spec) {
        return data;
      }

      @Override
      public Model model(RunOptions options, Data same) {
        return model;
      }
    };
  }
}
