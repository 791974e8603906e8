package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that says the classes of pictures: a column with the names of files, with or without
 * their endings, and one with the classes.
 */
final class PictureTable {
  private static final List<String> LABELS = List.of("label", "class", "category", "target");

  private final Path file;
  private final Map<String, String> classes;

  private PictureTable(Path file, Map<String, String> classes) {
    this.file = file;
    this.classes = classes;
  }

  /** Reads a table; of the columns that are not asked for, the first has the names of files. */
  static PictureTable read(Path file, ReadOptions options) throws IOException {
    try (CsvReader in = CsvReader.open(file)) {
      List<String> names = in.names();
      int label = labelColumn(names, options.label());
      if (label < 0 || names.size() < 2) {
        throw new BadFileException(
            file.toString(),
            ("does not say which column holds the classes of the pictures: its columns are ")
                + (Printable.list(names) + "; ReadOptions.label says it"));
      }
      int picture = label == 0 ? 1 : 0;
      Map<String, String> classes = new HashMap<>();
      for (List<String> row = in.next(); row != null; row = in.next()) {
        String name = row.get(picture).strip();
        if (classes.put(name, row.get(label).strip()) != null) {
          throw in.bad("each picture once", "'" + Printable.name(name) + "' again");
        }
      }
      LabelNumbers.checkSpelling(file, names.get(label), classes.values());
      return new PictureTable(file, classes);
    }
  }

  /** The column of the classes; -1 if none, or one of several, may be it. */
  private static int labelColumn(List<String> names, @Nullable String asked) {
    if (asked != null) {
      return names.indexOf(asked);
    }
    List<String> found =
        names.stream().filter(name -> LABELS.contains(name.toLowerCase(Locale.ROOT))).toList();
    return found.size() == 1
        ? names.indexOf(found.get(0))
        : found.isEmpty() && names.size() == 2 ? 1 : -1;
  }

  /**
   * The classes of pictures.
   *
   * @throws BadFileException if the table has no row for one, or a row for a picture that is not
   *     there
   */
  Map<Path, String> classes(List<Path> pictures) throws BadFileException {
    Map<String, String> left = new HashMap<>(classes);
    Map<Path, String> found = new LinkedHashMap<>();
    for (Path picture : pictures) {
      String name = Folders.name(picture);
      String own = left.remove(name);
      if (own == null) {
        own = left.remove(name.substring(0, name.lastIndexOf('.')));
      }
      if (own == null || own.isEmpty()) {
        throw new BadFileException(file.toString(), "says no class for " + picture);
      }
      found.put(picture, own);
    }
    if (!left.isEmpty()) {
      throw new BadFileException(
          file.toString(),
          ("says the class of '" + left.keySet().stream().sorted().findFirst().orElse(""))
              + ("', which is not beside " + pictures.get(0)));
    }
    return found;
  }
}
