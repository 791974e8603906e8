package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder of pictures in PNG or JPEG, whose classes are said by
 *
 * <ul>
 *   <li>a folder for each class, as in {@code train/cat/1.png}, pictures also deeper below;
 *   <li>a table {@code labels.csv} or {@code train.csv} beside them, of names and classes;
 *   <li>the names themselves, as in {@code cat.0.jpg}.
 * </ul>
 *
 * <p>Of the folders {@code train}, {@code val} and {@code test} the first is trained on. If there
 * is no labelled test set, the validation set is tested on; if there is none either, a fifth of
 * each class is set apart, the same ones each time.
 */
final class PictureFolder {
  private static final Set<String> TRAIN = Set.of("train", "training");
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");
  private static final Set<String> TEST = Set.of("test", "testing");
  private static final Pattern WORDS = Pattern.compile("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])");
  private static final Set<String> TABLES = Set.of("labels", "train", "trainlabels");

  private final ReadOptions options;

  private PictureFolder(ReadOptions options) {
    this.options = options;
  }

  /** The pictures of a folder. */
  static Pictures read(Path root, ReadOptions options) throws IOException {
    return new PictureFolder(options).read(root);
  }

  private Pictures read(Path root) throws IOException {
    checkParts(root);
    Path train = part(root, TRAIN);
    if (train == null) {
      return decoded(root, divided(labelled(root, root)));
    }
    Map<Path, String> training = labelled(train, root);
    Path test = part(root, TEST);
    Path validation = part(root, VALIDATION);
    if (test != null && Folders.folders(test).isEmpty()) {
      test = null; // pictures without labels, which are to be predicted
    }
    if (test == null && validation == null) {
      return decoded(root, divided(training));
    }
    List<Map<Path, String>> parts = new ArrayList<>(List.of(training));
    if (validation != null) {
      parts.add(labelled(validation, root));
    }
    if (test != null) {
      parts.add(labelled(test, root));
    }
    return decoded(root, parts);
  }

  /** Refuses folders of which nobody knows whether they are parts, and two of one part. */
  private static void checkParts(Path root) throws IOException {
    Map<Set<String>, Path> found = new HashMap<>();
    for (Path folder : Folders.folders(root)) {
      Set<String> part = part(Folders.name(folder).toLowerCase(Locale.ROOT));
      Path other = part == null ? null : found.put(part, folder);
      if (other != null) {
        throw new BadFileException(
            folder.toString(), "is the same part as " + other + ": expected one of them");
      }
      boolean may = WORDS.splitAsStream(Folders.name(folder)).anyMatch(PictureFolder::isPart);
      if (part == null && may && !Folders.folders(folder).isEmpty()) {
        throw new BadFileException(
            folder.toString(),
            "holds folders, and may be a class or a part: expected a part to be called train, val"
                + " or test, and no such word in the name of a class");
      }
    }
  }

  private static boolean isPart(String word) {
    return part(word.toLowerCase(Locale.ROOT)) != null;
  }

  private static @Nullable Set<String> part(String name) {
    for (Set<String> part : List.of(TRAIN, VALIDATION, TEST)) {
      if (part.contains(name)) {
        return part;
      }
    }
    return null;
  }

  private static @Nullable Path part(Path root, Set<String> names) throws IOException {
    for (Path folder : Folders.folders(root)) {
      if (names.contains(Folders.name(folder).toLowerCase(Locale.ROOT))) {
        return folder;
      }
    }
    return null;
  }

  /** The pictures of a set, in order, with the names of their classes. */
  private Map<Path, String> labelled(Path set, Path root) throws IOException {
    List<Path> classes = Folders.folders(set);
    Map<Path, String> labelled = new LinkedHashMap<>();
    for (Path one : classes) {
      List<Path> pictures = PictureNames.below(one);
      if (pictures.isEmpty()) {
        throw new BadFileException(one.toString(), "holds no pictures of its class");
      }
      pictures.forEach(picture -> labelled.put(picture, Folders.name(one)));
    }
    List<Path> loose = Folders.files(set).stream().filter(PictureNames::isPicture).toList();
    if (classes.isEmpty() && loose.isEmpty()) {
      throw new BadFileException(set.toString(), "holds no pictures: " + whatIsThere(set));
    }
    if (!classes.isEmpty() && !loose.isEmpty()) {
      throw new BadFileException(
          loose.get(0).toString(),
          "lies beside the folders of classes: expected it in one of them");
    }
    Path table = loose.isEmpty() ? null : table(set, root);
    if (table != null) {
      return PictureTable.read(table, options).classes(loose);
    }
    options.checkNoColumns(set);
    return loose.isEmpty() ? labelled : PictureNames.classes(set, loose);
  }

  private static String whatIsThere(Path folder) throws IOException {
    Set<String> names = Folders.visible(folder);
    return names.isEmpty() ? "it is empty" : "there is " + Printable.list(names);
  }

  /** The table that says the classes of loose pictures. */
  private static @Nullable Path table(Path set, Path root) throws IOException {
    for (Path folder : List.of(set, root)) {
      for (Path file : Folders.files(folder)) {
        String name = Folders.name(file).toLowerCase(Locale.ROOT).replace("_", "");
        if (name.endsWith(".csv") && TABLES.contains(name.substring(0, name.length() - 4))) {
          return file;
        }
      }
    }
    return null;
  }

  /** To train on and to test on. */
  private static List<Map<Path, String>> divided(Map<Path, String> all) {
    LabelNumbers numbers = LabelNumbers.ofWords(all.values());
    boolean[] chosen =
        Pictures.testOnes(numbers.of(List.copyOf(all.values())), ExampleFiles.TEST_SEED);
    Map<Path, String> training = new LinkedHashMap<>();
    Map<Path, String> test = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<Path, String> one : all.entrySet()) {
      (chosen[i++] ? test : training).put(one.getKey(), one.getValue());
    }
    return List.of(training, test);
  }

  /** Reads training set, perhaps validation set, and test set. */
  private Pictures decoded(Path root, List<Map<Path, String>> parts) throws IOException {
    LabelNumbers numbers = LabelNumbers.ofWords(new TreeSet<>(parts.get(0).values()));
    if (numbers.names().size() < 2) {
      throw new BadFileException(
          root.toString(),
          "holds pictures of one class only, " + numbers.names() + ": expected a folder for each");
    }
    for (Map<Path, String> part : parts) {
      for (Map.Entry<Path, String> one : part.entrySet()) {
        if (!numbers.names().contains(one.getValue())) {
          throw new BadFileException(
              one.getKey().toString(),
              ("is of the class '" + one.getValue() + "', of which there is nothing to train on,")
                  + (" but " + Printable.list(numbers.names())));
        }
      }
    }
    List<Path> all = parts.stream().flatMap(part -> part.keySet().stream()).toList();
    PictureSizes sizes = PictureSizes.of(all, options.size());
    List<Dataset> sets = new ArrayList<>();
    for (Map<Path, String> part : parts) {
      PictureFiles files = new PictureFiles();
      int[] labels = numbers.of(List.copyOf(part.values()));
      int i = 0;
      for (Path file : part.keySet()) {
        files.add(file, labels[i++]);
      }
      sets.add(files.decode(sizes.example(), numbers.names(), sizes::decode));
    }
    return sets.size() == 2
        ? new Pictures(sets.get(0), sets.get(1))
        : new Pictures(sets.get(0), sets.get(1), sets.get(2));
  }
}
