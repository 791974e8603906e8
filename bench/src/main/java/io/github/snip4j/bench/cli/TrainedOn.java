package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.datasets.Examples;
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
   * The test examples, for this network: of the user's own data, normalised as those that it was
   * trained on.
   *
   * @throws BadFileException if the classes are others, or in another order
   */
  Examples test(Data data, Splits splits) throws BadFileException {
    Examples test = splits.test();
    List<String> here = test.data().classNames();
    List<String> there = card.classes();
    boolean own = data.own() != null;
    if (own && !there.isEmpty() && !there.equals(here)) {
      throw new BadFileException(
          file.toString(),
          ("tells the classes " + Printable.list(there) + " apart: ")
              + (DataSpec.title(data.name()) + " has " + Printable.list(here)));
    }
    if (!own || card.mean().isEmpty()) {
      return test;
    }
    Normalization by = test.normalization();
    return test.normalized(
        new Normalization(
            card.mean().stream().map(Float::doubleValue).toList(),
            card.deviation().stream().map(Float::doubleValue).toList(),
            by.black(),
            by.white()));
  }
}
