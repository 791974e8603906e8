package io.github.snip4j.bench.cell;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is in the folder of a cell already.
 *
 * @param path the folder, which need not be there
 */
record CellFolder(Path path, Cell cell) {
  private static final Object OUT = OptionException.field("out");

  /**
   * The result of a cell that is finished.
   *
   * @return null if it is not
   * @throws OptionException if it has other options, or is of other data than these
   */
  @Nullable RunResult finished(SharedData data) throws IOException {
    Path file = path.resolve("result.json");
    if (!Files.exists(file) || RunFolder.holdsCheckpoint(path)) {
      return null;
    }
    RunResult result = RunResult.read(file);
    checkSame(result.options());
    String sha256 = result.dataSha256();
    DataSpec spec = cell.options().data();
    if (sha256 != null && !sha256.equals(data.read(spec).sha256())) {
      throw new OptionException(
          "%s: is of other data than the %s that is here now, and cannot be compared with it:"
              + " choose another %s",
          file, spec.title(), OUT);
    }
    return result;
  }

  /**
   * Checks that the run in the folder is this cell's. The data may be elsewhere; everything else
   * must be as it was.
   *
   * @param there the options of the run that is there
   */
  void checkSame(RunOptions there) {
    RunOptions moved = there.withData(there.data().at(cell.options().data().dir()));
    if (!moved.equals(cell.options())) {
      throw new OptionException("%s holds a run with other options: choose another %s", path, OUT);
    }
  }
}
