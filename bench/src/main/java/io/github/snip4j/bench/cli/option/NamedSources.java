package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;

/**
 * Networks and data of cells by the names and paths that their options record, as in {@code run}.
 */
public final class NamedSources implements CellSources {
  @Override
  public Data data(DataSpec spec) {
    return DatasetOptions.of(spec);
  }

  @Override
  public Model model(RunOptions options, Data data) throws IOException {
    return StartOptions.begin(NamedModel.of(options.model()), data, options);
  }
}
