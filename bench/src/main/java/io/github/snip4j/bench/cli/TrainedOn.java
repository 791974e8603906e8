package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.datasets.Normalization;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.ModelCard;
import java.nio.file.Path;
import java.util.List;

/**
 * What a saved network was trained on, as its file says.
 *
 * @param file for messages
 */
record TrainedOn(Path file, ModelCard card) {
  /**
   * Examples for this network: normalised as those that it was trained on.
   *
   * @throws BadFileException if the classes or the columns of a table are others, or in another
   *     order
   */
  Splits splits(Data data, Splits splits) throws BadFileException {
    List<String> here = splits.test().data().classNames();
    List<String> there = card.classes();
    if (!there.isEmpty() && !there.equals(here)) {
      throw new BadFileException(
          file.toString(),
          ("tells the classes " + Printable.list(there) + " apart: ")
              + (DataSpec.title(data.name()) + " has " + Printable.list(here)));
    }
    String columns = card.made().getOrDefault(Data.COLUMNS, "");
    String columnsHere = Data.columns(splits.test().data());
    if (!columns.isEmpty() && !columnsHere.isEmpty() && !columns.equals(columnsHere)) {
      throw new BadFileException(
          file.toString(),
          ("takes the columns " + difference(columns, columnsHere) + ": ")
              + (DataSpec.title(data.name()) + " has " + difference(columnsHere, columns)));
    }
    Normalization by = splits.test().normalization();
    if (card.mean().isEmpty() || isSame(by)) {
      return splits;
    }
    Normalization own =
        new Normalization(
            card.mean().stream().map(Float::doubleValue).toList(),
            card.deviation().stream().map(Float::doubleValue).toList(),
            by.black(),
            by.white());
    return new Splits(
        splits.train().normalized(own),
        splits.validation().normalized(own),
        splits.test().normalized(own));
  }

  /** The columns from the first on that another list has not in the same place. */
  private static String difference(String columns, String others) {
    List<String> names = List.of(columns.split(", "));
    List<String> other = List.of(others.split(", "));
    int same = 0;
    while (same < Math.min(names.size(), other.size()) && names.get(same).equals(other.get(same))) {
      same++;
    }
    List<String> rest = names.subList(same, names.size());
    return (same == 0 ? "" : "... ") + (rest.isEmpty() ? "and no more" : Printable.list(rest));
  }

  /** Whether the card says this, which it does in single precision. */
  private boolean isSame(Normalization by) {
    return card.mean().equals(by.means().stream().map(Double::floatValue).toList())
        && card.deviation().equals(by.deviations().stream().map(Double::floatValue).toList());
  }
}
