package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are examples: a column of classes, and columns of numbers, which are its
 * features. Numbers are read strictly.
 */
final class CsvTable {
  private static final Set<String> LABELS =
      Set.of("label", "class", "target", "species", "category");
  private static final int MOST_REAL_CLASSES = 20;
  private static final Pattern ROW_NUMBERS =
      Pattern.compile("id|index|unnamed: 0|column [0-9]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private final List<String> features = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private float[] numbers = new float[1024];
  private int count;

  private CsvTable() {}

  /**
   * Whether the table in a file has classes: those to be predicted have none.
   *
   * @param features columns that are known to be none of classes
   */
  static boolean hasLabels(Path file, ReadOptions options, List<String> features)
      throws IOException {
    try (CsvReader in = CsvReader.open(file)) {
      return !labelColumns(in.names(), options, features).isEmpty();
    }
  }

  /** Reads all of a file. */
  static CsvTable read(Path file, ReadOptions options) throws IOException {
    return read(file, options, List.of());
  }

  /** {@link #read(Path, ReadOptions)}, where some columns are known to be none of classes. */
  static CsvTable read(Path file, ReadOptions options, List<String> features) throws IOException {
    try (CsvReader in = CsvReader.open(file)) {
      CsvTable table = new CsvTable();
      table.add(in, labelColumn(file, in.names(), options, features), file, options);
      return table;
    }
  }

  /** The columns that may hold the classes; {@code y} is a coordinate where there is another. */
  private static List<String> labelColumns(
      List<String> names, ReadOptions options, List<String> features) {
    String asked = options.label();
    if (asked != null) {
      return names.contains(asked) ? List.of(asked) : List.of();
    }
    List<String> open =
        names.stream()
            .filter(name -> !features.contains(name) && !options.ignored().contains(name))
            .toList();
    List<String> usual = open.stream().filter(CsvTable::isCalledClass).toList();
    return usual.isEmpty()
        ? open.stream().filter(name -> name.equalsIgnoreCase("y")).toList()
        : usual;
  }

  private static boolean isCalledClass(String column) {
    return LABELS.contains(column.toLowerCase(Locale.ROOT));
  }

  private static int labelColumn(
      Path file, List<String> names, ReadOptions options, List<String> features)
      throws BadFileException {
    List<String> found = labelColumns(names, options, features);
    String asked = options.label();
    if (asked != null && options.ignored().contains(asked)) {
      throw new BadFileException(
          file.toString(),
          "column '" + asked + "' is to hold the classes and to be ignored: expected one of both");
    }
    if (found.size() > 1) {
      throw new BadFileException(
          file.toString(),
          ("several columns may hold the classes, " + Printable.list(found))
              + ": ReadOptions.label says which does");
    }
    if (found.isEmpty()) {
      throw new BadFileException(
          file.toString(),
          (asked == null
                  ? "no column is called label, class, target, species or category"
                  : "no column is called '" + options.label() + "'")
              + (options.ignored().isEmpty() ? ": its columns are " : ": those not ignored are ")
              + Printable.list(names.stream().filter(n -> !options.ignored().contains(n)).toList())
              + "; ReadOptions.label says which holds the classes");
    }
    return names.indexOf(found.get(0));
  }

  private void add(CsvReader in, int label, Path file, ReadOptions options) throws IOException {
    List<String> names = in.names();
    for (String ignored : options.ignored()) {
      if (!names.contains(ignored)) {
        throw new BadFileException(
            file.toString(),
            ("no column is called '" + ignored + "', which is to be ignored: its columns are ")
                + Printable.list(names));
      }
    }
    int[] columns = new int[names.size()];
    int width = 0;
    for (int i = 0; i < names.size(); i++) {
      if (i != label && !options.ignored().contains(names.get(i))) {
        features.add(names.get(i));
        columns[width++] = i;
      }
    }
    if (width == 0) {
      throw new BadFileException(file.toString(), "has no column besides that of the classes");
    }
    for (List<String> row = in.next(); row != null; row = in.next()) {
      String word = row.get(label).strip();
      if (word.isEmpty()) {
        throw in.bad("a class in column '" + names.get(label) + "'", "nothing");
      }
      labels.add(word);
      for (int k = 0; k < width; k++) {
        add(number(in, names.get(columns[k]), row.get(columns[k]).strip()));
      }
    }
    LabelNumbers.checkSpelling(file, names.get(label), labels);
    checkQuantities(file, names.get(label));
    checkRowNumbers(file);
    checkOtherClasses(file, names.get(label));
  }

  private static float number(CsvReader in, String column, String text) throws BadFileException {
    float value = NUMBER.matcher(text).matches() ? Float.parseFloat(text) : Float.NaN;
    if (!Float.isFinite(value)) {
      throw in.bad(
          "a number in column '" + column + "'",
          text.isEmpty() ? "nothing" : "'" + Printable.name(text) + "'");
    }
    return value;
  }

  private void add(float number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.multiplyExact(2, count));
    }
    numbers[count++] = number;
  }

  /** Many numbers with digits after the point are measured, and no classes. */
  private void checkQuantities(Path file, String label) throws BadFileException {
    Set<String> classes = classes();
    if (classes.size() > MOST_REAL_CLASSES
        && classes.stream().allMatch(word -> NUMBER.matcher(word).matches())
        && classes.stream().anyMatch(word -> Double.parseDouble(word) % 1 != 0)) {
      throw new BadFileException(
          file.toString(),
          ("column '" + label + "' holds " + classes.size() + " different real numbers: expected")
              + " classes; ReadOptions.label says which column holds them");
    }
  }

  /** In tables that are sorted by class, the number of a row gives the class away. */
  private void checkRowNumbers(Path file) throws BadFileException {
    for (int k = 0; k < features.size(); k++) {
      boolean counts = ROW_NUMBERS.matcher(features.get(k)).matches() && labels.size() > 1;
      for (int i = 1; counts && i < labels.size(); i++) {
        counts = numbers[i * features.size() + k] == numbers[(i - 1) * features.size() + k] + 1;
      }
      if (counts) {
        throw new BadFileException(
            file.toString(),
            ("column '" + features.get(k) + "' only counts the rows, and is no feature: ")
                + ("ReadOptions.ignored '" + features.get(k) + "' leaves it out"));
      }
    }
  }

  /** A second column of the classes, as their numbers beside their names, gives them away. */
  private void checkOtherClasses(Path file, String label) throws BadFileException {
    for (int k = 0; k < features.size(); k++) {
      if (isCalledClass(features.get(k)) && saysTheClass(k)) {
        throw new BadFileException(
            file.toString(),
            ("column '" + features.get(k) + "' says the same as '" + label + "', the classes,")
                + (" and is no feature: ReadOptions.ignored '" + features.get(k))
                + "' leaves it out");
      }
    }
  }

  /** Whether each number in a column belongs to one class, and each class to one number. */
  private boolean saysTheClass(int feature) {
    Map<Float, String> classOf = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      String own = labels.get(i);
      String other = classOf.putIfAbsent(numbers[i * features.size() + feature], own);
      if (other != null && !other.equals(own)) {
        return false;
      }
    }
    return classOf.size() == classes().size();
  }

  List<String> features() {
    return features;
  }

  Set<String> classes() {
    return new TreeSet<>(labels);
  }

  /**
   * The rows as examples.
   *
   * @param classes which classes there are
   * @param size of the pictures that the rows are, one column for each pixel; null for no pictures
   */
  Dataset dataset(Path file, LabelNumbers classes, ReadOptions.@Nullable Size size)
      throws BadFileException {
    for (String label : labels) {
      if (!classes.names().contains(label)) {
        throw new BadFileException(
            file.toString(),
            ("has the class '" + label + "', of which there is nothing to train on, but ")
                + Printable.list(classes.names()));
      }
    }
    float[] all = Arrays.copyOf(numbers, count);
    int[] those = classes.of(labels);
    if (size == null) {
      return Dataset.ofNumbers(Shape.of(features.size()), classes.names(), all, those)
          .withFeatures(features);
    }
    int pixels = size.height() * size.width();
    if (features.size() != pixels && features.size() != 3 * pixels) {
      throw new BadFileException(
          file.toString(),
          ("has " + features.size() + " columns of numbers: pictures of " + size + " take ")
              + (pixels + ", or " + 3 * pixels + " with colours"));
    }
    Shape example = Shape.of(features.size() / pixels, size.height(), size.width());
    byte[] bytes = new byte[all.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) all[i];
      if ((bytes[i] & 0xff) != all[i]) {
        return Dataset.ofNumbers(example, classes.names(), all, those);
      }
    }
    return new Dataset(example, classes.names(), bytes, those);
  }
}
