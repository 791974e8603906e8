package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * IDX files of any size, type and number of classes, by names as those of MNIST and of the datasets
 * made after it: {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, {@code t10k}
 * or {@code test} for the test set; before them perhaps a name, as in {@code
 * emnist-balanced-train-images-idx3-ubyte}; with or without {@code .gz}. Labels of two axes, as
 * QMNIST's, have the class in their first column. A file {@code emnist-balanced-mapping.txt} says
 * which characters the classes are.
 */
final class IdxFolder {
  private static final Pattern FILE =
      Pattern.compile("(.*?)(train|t10k|test)([-_.]?)(images|labels)([-.]idx.*?)(\\.gz)?");
  private static final String TRAIN = "train";

  private final Path folder;
  private final String dataset; // what is before train and test in the names
  private final Map<String, Path> files = new HashMap<>(); // train-images, test-labels, ...

  private IdxFolder(Path folder, String dataset) {
    this.folder = folder;
    this.dataset = dataset;
  }

  /** Whether a file is called as these are. */
  static boolean isOne(Path file) {
    return FILE.matcher(Folders.name(file)).matches();
  }

  /** The files of a folder, or those that belong to one of the files in it. */
  static Pictures read(Path path) throws IOException {
    boolean one = !Files.isDirectory(path);
    Path folder = one ? path.toAbsolutePath().getParent() : path;
    Map<String, IdxFolder> found = new TreeMap<>();
    for (Path file : Folders.files(folder == null ? Path.of(".") : folder)) {
      Matcher m = FILE.matcher(Folders.name(file));
      if (m.matches()) {
        String set = m.group(2).equals(TRAIN) ? TRAIN : "test";
        found
            .computeIfAbsent(m.group(1), name -> new IdxFolder(path, name))
            .files
            .putIfAbsent(set + "-" + m.group(4), file); // plain before packed
      }
    }
    if (one) {
      Matcher m = FILE.matcher(Folders.name(path));
      IdxFolder own = m.matches() ? found.get(m.group(1)) : null;
      if (own == null) {
        throw new BadFileException(
            path.toString(),
            "expected a name as train-images-idx3-ubyte or letters-train-images...");
      }
      return own.read();
    }
    if (found.size() != 1) {
      throw new BadFileException(
          path.toString(),
          ("holds several datasets of IDX files, " + Printable.list(found.keySet()))
              + ": expected one, or the name of its file of training images");
    }
    return found.values().iterator().next().read();
  }

  private Pictures read() throws IOException {
    IdxFile images = file(TRAIN + "-images");
    int[] labels = labels(TRAIN, images);
    if (!files.containsKey("test-images")) {
      LabelNumbers classes = LabelNumbers.of(List.of(labels));
      return Pictures.divided(
          dataset(TRAIN, images, classes.of(labels), names(classes)), ExampleFiles.TEST_SEED);
    }
    IdxFile testImages = file("test-images");
    int[] testLabels = labels("test", testImages);
    LabelNumbers classes = LabelNumbers.of(List.of(labels, testLabels));
    Dataset training = dataset(TRAIN, images, classes.of(labels), names(classes));
    Dataset test = dataset("test", testImages, classes.of(testLabels), names(classes));
    if (!training.example().equals(test.example()) || training.hasPixels() != test.hasPixels()) {
      throw new BadFileException(
          path("test-images").toString(),
          "has examples of " + test.example() + ", those to train on are " + training.example());
    }
    return new Pictures(training, test);
  }

  private Path path(String key) throws BadFileException {
    Path file = files.get(key);
    if (file == null) {
      throw new BadFileException(
          folder.toString(),
          ("no file " + dataset + key + "-idx...: there is ")
              + Printable.list(
                  files.values().stream().map(Folders::name).collect(Collectors.toSet())));
    }
    return file;
  }

  private IdxFile file(String key) throws IOException {
    Path file = path(key);
    try (InputStream in = Files.newInputStream(file)) {
      return IdxFile.read(in, file.toString());
    }
  }

  private int[] labels(String set, IdxFile images) throws IOException {
    IdxFile labels = file(set + "-labels");
    String name = path(set + "-labels").toString();
    if (!labels.isWhole() || labels.rank() > 2) {
      throw new BadFileException(name, "expected whole numbers, one for each image, or a row");
    }
    if (labels.dim(0) != images.dim(0) || labels.size() < labels.dim(0)) {
      throw new BadFileException(
          name,
          ("has "
                  + labels.dim(0)
                  + " labels: expected "
                  + images.dim(0)
                  + ", one for each image in ")
              + path(set + "-images"));
    }
    int each = labels.size() / Math.max(1, labels.dim(0));
    return IntStream.range(0, labels.dim(0)).map(i -> labels.whole(i * each)).toArray();
  }

  private Dataset dataset(String set, IdxFile images, int[] labels, List<String> names)
      throws IOException {
    String file = path(set + "-images").toString();
    if (images.size() == 0) {
      throw new BadFileException(file, "holds no examples");
    }
    PictureAxes axes = axes(images, file);
    if (images.isBytes() && axes.example().rank() == 3) {
      return new Dataset(axes.example(), names, axes.planes(images.values()), labels);
    }
    float[] numbers = new float[images.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = images.number(i);
      if (!Float.isFinite(numbers[i])) {
        throw new BadFileException(file, "element " + i + " is " + numbers[i]);
      }
    }
    return Dataset.ofNumbers(axes.example(), names, axes.planes(numbers), labels);
  }

  private static PictureAxes axes(IdxFile images, String file) throws BadFileException {
    if (images.rank() == 1) {
      throw new BadFileException(file, "has one axis: expected images, or rows");
    }
    int[] dims = IntStream.range(0, images.rank()).map(images::dim).toArray();
    PictureAxes axes = PictureAxes.of(dims);
    if (axes == null) {
      throw new BadFileException(
          file,
          ("is " + Shape.of(dims) + ", of which nobody knows the channels: expected ")
              + PictureAxes.EXPECTED);
    }
    return axes;
  }

  /** The classes by the characters that they are, if a file says so. */
  private List<String> names(LabelNumbers classes) throws IOException {
    Path mapping = mapping();
    if (mapping == null) {
      return classes.names();
    }
    Map<String, String> characters = new HashMap<>();
    for (String line : Folders.lines(mapping)) {
      String[] fields = line.strip().split("\\s+");
      StringBuilder text = new StringBuilder();
      for (int i = 1; i < fields.length; i++) {
        if (!fields[i].matches("[0-9]{1,6}")) {
          throw new BadFileException(
              mapping.toString(), "'" + line + "': expected a label and codes of characters");
        }
        text.appendCodePoint(Integer.parseInt(fields[i]) & 0xffff);
      }
      characters.put(fields[0], text.toString());
    }
    List<String> names = new ArrayList<>();
    for (String label : classes.names()) {
      String name = characters.get(label);
      if (name == null || name.isEmpty()) {
        throw new BadFileException(mapping.toString(), "has no characters for label " + label);
      }
      names.add(name);
    }
    Set<String> distinct = new TreeSet<>(names);
    return distinct.size() < names.size() ? classes.names() : names;
  }

  private @Nullable Path mapping() throws BadFileException {
    Path beside = path(TRAIN + "-images").resolveSibling(dataset + "mapping.txt");
    return Files.isRegularFile(beside) ? beside : null;
  }
}
