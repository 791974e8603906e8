package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of picture files say. */
final class PictureNames {
  private static final int DEEPEST = 8; // folders within that of a class
  private static final List<String> SUFFIXES = List.of(".png", ".jpg", ".jpeg");

  /** Names that begin with a class, as {@code cat.0.jpg} and {@code tabby_cat_12.png}. */
  private static final Pattern CLASS = Pattern.compile("(.*\\p{L}.*?)[._-][0-9]+\\.[A-Za-z]+");

  private PictureNames() {}

  /** Whether a file is called as a picture is that can be read. */
  static boolean isPicture(Path file) {
    String name = Folders.name(file).toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  /**
   * The pictures in a folder and below it, in order.
   *
   * @throws BadFileException if there is another file
   */
  static List<Path> below(Path folder) throws IOException {
    List<Path> pictures = new ArrayList<>();
    add(folder, 0, pictures);
    return pictures;
  }

  private static void add(Path folder, int depth, List<Path> pictures) throws IOException {
    if (depth > DEEPEST) {
      throw new BadFileException(
          folder.toString(), "lies deeper than " + DEEPEST + " folders below that of its class");
    }
    for (Path file : Folders.files(folder)) {
      if (!isPicture(file)) {
        throw new BadFileException(
            file.toString(),
            "is no .png, .jpg or .jpeg: expected nothing else in a class's folder");
      }
      pictures.add(file);
    }
    for (Path inner : Folders.folders(folder)) {
      add(inner, depth + 1, pictures);
    }
  }

  /**
   * The classes in the names of pictures.
   *
   * @throws BadFileException if the names do not say them
   */
  static Map<Path, String> classes(Path folder, List<Path> pictures) throws BadFileException {
    Map<Path, String> classes = new LinkedHashMap<>();
    for (Path picture : pictures) {
      Matcher m = CLASS.matcher(Folders.name(picture));
      if (m.matches()) {
        classes.put(picture, m.group(1));
      }
    }
    if (classes.size() < pictures.size() || new HashSet<>(classes.values()).size() < 2) {
      throw new BadFileException(
          folder.toString(),
          ("holds " + pictures.size() + " pictures, and nothing says their classes: expected a")
              + " folder for each class, a table labels.csv beside them, or names as cat.0.jpg");
    }
    return classes;
  }
}
