package io.github.snip4j.bench.compare;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.StringEscapeUtils;
import org.jspecify.annotations.Nullable;

/**
 * Cells as comma-separated values, a line for each (RFC 4180): what {@code compare.json} says of
 * them, under the same names; what is null there is empty here.
 */
final class CellTable {
  private static final String END = "\r\n";

  private CellTable() {}

  static String of(List<Comparison.Cell> cells) {
    return Stream.concat(
            Stream.of(
                line(
                    "criterion",
                    "sparsity",
                    "seed",
                    "folder",
                    "kappa",
                    "error",
                    "effectiveSparsity",
                    "failure")),
            cells.stream()
                .map(
                    cell ->
                        line(
                            cell.criterion(),
                            cell.sparsity(),
                            cell.seed(),
                            cell.folder(),
                            cell.kappa(),
                            cell.error(),
                            cell.effectiveSparsity(),
                            cell.failure())))
        .collect(Collectors.joining());
  }

  private static String line(@Nullable Object... values) {
    return Stream.of(values)
        .map(value -> value == null ? "" : StringEscapeUtils.escapeCsv(value.toString()))
        .collect(Collectors.joining(",", "", END));
  }
}
