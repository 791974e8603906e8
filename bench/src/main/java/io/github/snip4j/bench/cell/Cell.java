package io.github.snip4j.bench.cell;

import io.github.snip4j.bench.options.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One run of a sweep.
 *
 * @param name its folder below the root of the sweep, as in {@code snip-0.9-1}
 */
public record Cell(String name, RunOptions options) {
  /** The name leads to a folder below the root, and nowhere else. */
  public Cell {
    Path path = Path.of(name);
    if (name.isBlank() || path.isAbsolute() || !path.equals(path.normalize())) {
      throw new IllegalArgumentException("cell '" + name + "': expected the name of a folder");
    }
    if (path.startsWith("..")) {
      throw new IllegalArgumentException("cell '" + name + "': expected a folder below the root");
    }
  }

  /** This cell with other options. */
  public Cell with(RunOptions others) {
    return new Cell(name, others);
  }

  /**
   * The cells that one of several machines runs: every {@code of}-th.
   *
   * @param number of the first, from 1 to {@code of}
   */
  public static List<Cell> part(List<Cell> cells, int number, int of) {
    return IntStream.range(0, cells.size())
        .filter(i -> i % of == number - 1)
        .mapToObj(cells::get)
        .toList();
  }
}
