package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.run.Data;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.datasets.ExampleFiles;
import io.github.snip4j.datasets.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Datasets as people name them: by a name, or by the path of their own. */
public final class OwnData {
  /** What readers call the fields that these options decide. */
  private static final Map<String, String> WORDS =
      Map.of(
          "ReadOptions.size", "--size",
          "ReadOptions.label", "--label",
          "ReadOptions.ignored", "--ignore");

  private OwnData() {}

  /** Whether that is the path of data of the user's own: no name, but something that is there. */
  static boolean isPath(String name) {
    if (Data.all().stream().anyMatch(data -> data.name().equals(name))) {
      return false;
    }
    try {
      return name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * What a result records.
   *
   * @throws UserError if there is no dataset of this name, and which are called almost so
   */
  static String recorded(String name) {
    return isPath(name)
        ? Path.of(name).toAbsolutePath().normalize().toString()
        : NameLookup.byName("data", name, Data.all(), Data::name).name();
  }

  /**
   * The dataset of a name or a path, which is read.
   *
   * @throws UserError if there is none, or it cannot be read
   */
  public static Data find(String name, ReadOptions options) {
    if (!isPath(name)) {
      Data known = NameLookup.byName("data", name, Data.all(), Data::name);
      if (!options.equals(ReadOptions.NONE)) {
        throw new UserError(
            "--size, --label and --ignore are for data of your own: "
                + name
                + " has a form of its"
                + " own");
      }
      return known;
    }
    try {
      return Data.of(recorded(name), ExampleFiles.read(Path.of(name), options));
    } catch (BadFileException | IllegalArgumentException e) {
      throw new UserError(words(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new UserError("--data " + name + ": cannot be read: " + e.getMessage());
    }
  }

  private static String words(String message) {
    String words = message;
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      words = words.replace(word.getKey(), word.getValue());
    }
    return words;
  }
}
