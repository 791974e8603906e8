package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.core.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads pictures and tables as people have them; what is in a folder or a file says how:
 *
 * <ul>
 *   <li>a folder of pictures (PNG, JPEG), with a folder for each class, a table of their classes,
 *       or names that say them; perhaps divided into {@code train}, {@code val} and {@code test};
 *   <li>a table, {@code .csv} or {@code .tsv}, with a column of classes; or {@code train.csv} and
 *       {@code test.csv} in a folder;
 *   <li>{@code .npz} with {@code x} and {@code y}, or Keras's {@code x_train}, {@code y_train},
 *       ...;
 *   <li>IDX files of any size, type and number of classes, as EMNIST's, QMNIST's, KMNIST's;
 *   <li>CIFAR-10 and CIFAR-100, in their binary version or that for Python; Tiny-ImageNet.
 * </ul>
 *
 * <p>Where there is no test set, a fifth of each class is set apart to test on, always the same
 * ones, so that no seed of a training decides what is tested.
 */
public final class ExampleFiles {
  /** Decides which examples are tested on where nothing else does. */
  static final Seed TEST_SEED = new Seed(0);

  private static final int DEEPEST = 4;
  private static final int FEW = 20; // examples, of which each may be of another class
  private static final Set<String> PARTS =
      Set.of("train", "training", "test", "testing", "val", "valid", "validation");

  private ExampleFiles() {}

  /** Reads the examples of a path as {@link #read(Path, ReadOptions)} does by default. */
  public static Pictures read(Path path) throws IOException {
    return read(path, ReadOptions.NONE);
  }

  /**
   * The examples of a folder or a file.
   *
   * @throws BadFileException if it is not there, is none of these, or not as it should be; the
   *     message says what there is
   * @throws IOException if it cannot be read
   */
  public static Pictures read(Path path, ReadOptions options) throws IOException {
    if (!Files.exists(path)) {
      throw new BadFileException(path.toString(), "there is no such file or folder");
    }
    Pictures pictures = Files.isDirectory(path) ? folder(path, options, 0) : file(path, options);
    if (pictures.training().size() < 2 || pictures.test().size() < 1) {
      throw new BadFileException(
          path.toString(),
          ("has " + pictures.training().size() + " examples to train on and ")
              + (pictures.test().size() + " to test on: expected 2 or more, and 1 or more"));
    }
    checkClasses(path, pictures);
    ReadOptions.Size size = options.size();
    return size == null ? pictures : pictures.resized(size);
  }

  /**
   * Quantities, or names of examples, are no classes, of which each has several; one class alone
   * cannot be told from others, and none that is tested on can be learnt without examples.
   */
  private static void checkClasses(Path path, Pictures pictures) throws BadFileException {
    Dataset validation = pictures.validation();
    int examples = pictures.training().size() + pictures.test().size();
    IntStream labels = IntStream.concat(pictures.training().labels(), pictures.test().labels());
    if (validation != null) {
      examples += validation.size();
      labels = IntStream.concat(labels, validation.labels());
    }
    long classes = labels.distinct().count();
    if (examples >= FEW && 2 * classes > examples) {
      throw new BadFileException(
          path.toString(),
          ("has " + classes + " classes in " + examples + " examples: expected several examples")
              + " of each class, and neither names nor measured numbers as classes");
    }
    Set<Integer> learnt = pictures.training().labels().boxed().collect(Collectors.toSet());
    List<String> names = pictures.training().classNames();
    for (Dataset other :
        validation == null ? List.of(pictures.test()) : List.of(validation, pictures.test())) {
      OptionalInt unknown = other.labels().filter(label -> !learnt.contains(label)).findFirst();
      if (unknown.isPresent()) {
        throw new BadFileException(
            path.toString(),
            ("tests on the class '" + Printable.name(names.get(unknown.getAsInt())) + "', of which")
                + " there is nothing to train on");
      }
    }
    if (learnt.size() < 2) {
      throw new BadFileException(
          path.toString(),
          ("has one class only, '" + Printable.name(names.get(learnt.iterator().next())))
              + "': expected two or more to tell apart");
    }
  }

  private static Pictures folder(Path folder, ReadOptions options, int depth) throws IOException {
    List<Path> files = Folders.files(folder).stream().filter(f -> !isPacked(f)).toList();
    List<Path> folders = Folders.folders(folder);
    Pictures published = published(folder, files, options);
    if (published != null) {
      return published;
    }
    boolean pictures = !folders.isEmpty() || files.stream().anyMatch(PictureNames::isPicture);
    if (Files.isRegularFile(folder.resolve("train.csv")) && !pictures) {
      return CsvFiles.folder(folder, options);
    }
    if (files.size() == 1 && folders.isEmpty() && !pictures) {
      return file(files.get(0), options);
    }
    for (Path inner : folders) {
      boolean only = folders.size() == 1 && files.isEmpty();
      String name = Folders.name(inner).toLowerCase(Locale.ROOT);
      if ((only || name.equals("raw")) && !PARTS.contains(name) && depth < DEEPEST) {
        return folder(inner, options, depth + 1);
      }
    }
    return PictureFolder.read(folder, options);
  }

  /** Of a form of its own, which is told by its files; else null. */
  private static @Nullable Pictures published(Path folder, List<Path> files, ReadOptions options)
      throws IOException {
    boolean idx = files.stream().anyMatch(IdxFolder::isOne);
    boolean hundred = Cifar100.isIn(folder);
    boolean ten = isCifar10(folder);
    if (!idx && hundred && ten) {
      throw new BadFileException(
          folder.toString(), "holds CIFAR-10 and CIFAR-100: expected the folder of one of them");
    }
    boolean tiny = Files.exists(folder.resolve("wnids.txt"));
    if (!idx && !hundred && !ten && !tiny) {
      return null;
    }
    options.checkNoColumns(folder);
    return idx
        ? IdxFolder.read(folder)
        : hundred ? Cifar100.read(folder) : ten ? Cifar10.read(folder) : TinyImageNet.read(folder);
  }

  private static boolean isCifar10(Path folder) {
    return List.of(
            "cifar-10-batches-bin", "cifar-10-batches-py", "data_batch_1.bin", "data_batch_1")
        .stream()
        .anyMatch(name -> Files.exists(folder.resolve(name)));
  }

  /** What remains beside a folder that was unpacked of it; packed IDX files are read. */
  private static boolean isPacked(Path file) {
    String name = Folders.name(file).toLowerCase(Locale.ROOT);
    return !IdxFolder.isOne(file)
        && List.of(".zip", ".tar", ".gz", ".tgz", ".md5").stream().anyMatch(name::endsWith);
  }

  private static Pictures file(Path file, ReadOptions options) throws IOException {
    String name = Folders.name(file).toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv") || name.endsWith(".tsv")) {
      return CsvFiles.file(file, options);
    }
    options.checkNoColumns(file);
    if (name.endsWith(".npz")) {
      return NpzExamples.read(file);
    }
    if (IdxFolder.isOne(file)) {
      return IdxFolder.read(file);
    }
    if (name.endsWith(".bin")) {
      boolean hundred = Files.size(file) % (2 + CifarRecords.EXAMPLE.size()) == 0;
      Path folder = Folders.of(file);
      CifarRecords records =
          new CifarRecords(
              hundred ? 2 : 1, hundred ? CifarNames.hundred(folder) : CifarNames.ten(folder));
      records.add(file);
      return Pictures.divided(records.dataset(), TEST_SEED);
    }
    throw new BadFileException(file.toString(), advice(name));
  }

  private static String advice(String name) {
    String expected =
        "expected a folder of pictures, .csv, .npz, IDX files, or CIFAR's; see docs/data.md";
    if (name.endsWith(".npy")) {
      return ("is one array: " + expected + "; in Python:")
          + (" numpy.savez('data.npz', x=numpy.load('" + Printable.name(name) + "'), y=labels)");
    }
    if (List.of(".h5", ".hdf5", ".parquet", ".xlsx", ".pkl", ".pt", ".mat").stream()
        .anyMatch(name::endsWith)) {
      return ("is of a kind that is not read: " + expected + "; in Python:")
          + " numpy.savez('data.npz', x=x, y=labels)";
    }
    if (List.of(".zip", ".tar", ".gz", ".tgz", ".7z", ".rar").stream().anyMatch(name::endsWith)) {
      return "is packed: expected the folder that it unpacks to";
    }
    return "is of a kind that is not read: " + expected;
  }
}
