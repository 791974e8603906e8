package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables as files: one to be divided, or one for each set. */
final class CsvFiles {
  private CsvFiles() {}

  /** One table, of which a fifth of each class is set apart to test on. */
  static Pictures file(Path file, ReadOptions options) throws IOException {
    return divided(file, CsvTable.read(file, options), options);
  }

  private static Pictures divided(Path file, CsvTable table, ReadOptions options)
      throws BadFileException {
    LabelNumbers classes = LabelNumbers.ofWords(table.classes());
    return Pictures.divided(table.dataset(file, classes, options.size()), ExampleFiles.TEST_SEED);
  }

  /**
   * {@code train.csv}, and {@code val.csv} and {@code test.csv} where these are and have classes:
   * those whose classes are to be predicted are not looked at.
   */
  static Pictures folder(Path folder, ReadOptions options) throws IOException {
    Path train = folder.resolve("train.csv");
    CsvTable training = CsvTable.read(train, options);
    List<Path> others = new ArrayList<>();
    for (String name : List.of("val.csv", "valid.csv", "validation.csv", "test.csv")) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file) && CsvTable.hasLabels(file, options, training.features())) {
        others.add(file);
      }
    }
    for (int i = 1; i < others.size(); i++) { // all but test.csv are to validate on
      if (!Folders.name(others.get(i)).equals("test.csv")) {
        throw new BadFileException(
            others.get(i).toString(),
            "is the same part as " + others.get(0) + ": expected one of them");
      }
    }
    if (others.isEmpty()) {
      return divided(train, training, options);
    }
    LabelNumbers classes = LabelNumbers.ofWords(training.classes());
    List<Dataset> sets = new ArrayList<>();
    for (Path file : others) {
      CsvTable table = CsvTable.read(file, options, training.features());
      if (!table.features().equals(training.features())) {
        throw new BadFileException(
            file.toString(),
            ("has the columns " + Printable.list(table.features()) + ": expected those of ")
                + (train + ", " + Printable.list(training.features())));
      }
      sets.add(table.dataset(file, classes, options.size()));
    }
    Dataset whole = training.dataset(train, classes, options.size());
    Dataset test = sets.get(sets.size() - 1);
    return sets.size() == 1 ? new Pictures(whole, test) : new Pictures(whole, sets.get(0), test);
  }
}
