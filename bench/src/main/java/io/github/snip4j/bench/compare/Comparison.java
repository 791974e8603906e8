package io.github.snip4j.bench.compare;

import io.github.snip4j.bench.cell.CellOutcome;
import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.core.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Criteria beside each other: {@code compare.json}. Errors are shares in [0, 1], on the test set
 * after the last step.
 *
 * @param schema the number of this form, which is 6 since the options say how many parts batches
 *     are cut into
 * @param options of the first run; the others differ in criterion, rounds, sparsity and seed
 * @param cells one for each run, in the order they are done
 * @param rows one for each criterion and sparsity
 */
public record Comparison(
    int schema, RunOptions options, Machine machine, List<Cell> cells, List<Row> rows) {
  private static final int SCHEMA = 7;

  /**
   * One run.
   *
   * @param folder below that of the comparison
   * @param kappa how many connections are kept; null if there is no result
   * @param error null if there is no result
   * @param effectiveSparsity null if there is no result
   * @param failure why there is none; null if there is one
   */
  public record Cell(
      CriterionKind criterion,
      double sparsity,
      long seed,
      String folder,
      @Nullable Integer kappa,
      @Nullable Double error,
      @Nullable Double effectiveSparsity,
      @Nullable String failure) {
    static Cell of(CellOutcome outcome) {
      RunOptions options = outcome.cell().options();
      RunResult result = outcome.result();
      return new Cell(
          options.scoring().criterion(),
          options.sparsity(),
          options.seed(),
          outcome.cell().name(),
          result == null ? null : result.kappa(),
          result == null ? null : result.pruned().last().test().error(),
          result == null ? null : result.soundness().effectiveSparsity(),
          outcome.failure());
    }
  }

  /**
   * The runs of a criterion at a sparsity, over their seeds.
   *
   * @param finished how many have a result
   * @param meanError of those; null if there are none
   * @param deviation standard deviation of the error, with n - 1 in the denominator; null if there
   *     are fewer than two
   */
  public record Row(
      CriterionKind criterion,
      double sparsity,
      int runs,
      int finished,
      @Nullable Double meanError,
      @Nullable Double deviation) {
    static Row of(List<Cell> cells) {
      List<Double> errors = new ArrayList<>();
      for (Cell cell : cells) {
        if (cell.error != null) {
          errors.add(cell.error);
        }
      }
      int n = errors.size();
      double mean = errors.stream().mapToDouble(e -> e).average().orElse(0);
      double squares = errors.stream().mapToDouble(e -> (e - mean) * (e - mean)).sum();
      Cell first = cells.get(0);
      return new Row(
          first.criterion,
          first.sparsity,
          cells.size(),
          n,
          n == 0 ? null : mean,
          n < 2 ? null : Math.sqrt(squares / (n - 1)));
    }
  }

  static Comparison of(RunOptions options, Machine machine, List<Cell> cells) {
    List<Row> rows = new ArrayList<>();
    List<Cell> left = new ArrayList<>(cells);
    while (!left.isEmpty()) {
      Cell first = left.get(0);
      List<Cell> alike =
          left.stream()
              .filter(c -> c.criterion == first.criterion && c.sparsity == first.sparsity)
              .toList();
      rows.add(Row.of(alike));
      left.removeAll(alike);
    }
    return new Comparison(SCHEMA, options, machine, List.copyOf(cells), rows);
  }

  /** Writes it, whole or not at all. */
  void write(Path file) throws IOException {
    AtomicFile.write(file, out -> out.write(Json.write(this).getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes the cells as a table, whole or not at all. */
  void writeTable(Path file) throws IOException {
    String table = CellTable.of(cells);
    AtomicFile.write(file, out -> out.write(table.getBytes(StandardCharsets.UTF_8)));
  }
}
