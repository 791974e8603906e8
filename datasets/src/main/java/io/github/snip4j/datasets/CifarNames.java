package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** The names of classes that lie as a text beside CIFAR's records, a line for each. */
final class CifarNames {
  private static final String TEN = "batches.meta.txt";
  private static final String HUNDRED = "fine_label_names.txt";

  private CifarNames() {}

  /** Of CIFAR-10's form: those that are there, or the published ones. */
  static List<String> ten(Path folder) throws IOException {
    return of(folder.resolve(TEN), Cifar10.CLASS_NAMES);
  }

  /** Of CIFAR-100's form: those that are there, or the published ones. */
  static List<String> hundred(Path folder) throws IOException {
    return of(folder.resolve(HUNDRED), Cifar100.CLASS_NAMES);
  }

  private static List<String> of(Path file, List<String> published) throws IOException {
    if (!Files.isRegularFile(file)) {
      return published;
    }
    List<String> names =
        Folders.lines(file).stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
    int distinct = new HashSet<>(names).size();
    if (names.size() != published.size() || distinct != names.size()) {
      throw new BadFileException(
          file.toString(),
          ("holds " + names.size() + " names of classes, " + distinct + " of them different:")
              + (" expected " + published.size() + ", a line for each class"));
    }
    return names;
  }
}
