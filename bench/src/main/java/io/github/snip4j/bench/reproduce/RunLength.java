package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.RunTime;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * How long cells take here: measured once for each row, as its seeds take as long as each other.
 */
final class RunLength {
  private final CellSources sources;
  private final Map<String, Data> read = new HashMap<>();
  private final Map<Row, Double> known = new HashMap<>();

  RunLength(CellSources sources) {
    this.sources = sources;
  }

  /** The seconds of a cell of a row. */
  double seconds(Row row, Cell cell) throws IOException {
    Double before = known.get(row);
    if (before != null) {
      return before;
    }
    Data data = data(cell);
    double seconds = RunTime.seconds(sources.model(cell.options(), data), data, cell.options());
    known.put(row, seconds);
    return seconds;
  }

  private Data data(Cell cell) throws IOException {
    String key = cell.options().data().name() + " " + cell.options().data().dir();
    Data known = read.get(key);
    if (known == null) {
      Data found = sources.data(cell.options().data());
      known = found.holding(found.read(cell.options().data()));
      read.put(key, known);
    }
    return known;
  }
}
