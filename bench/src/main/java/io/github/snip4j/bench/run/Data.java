package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.datasets.Cifar10;
import io.github.snip4j.datasets.Dataset;
import io.github.snip4j.datasets.FashionMnist;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.TinyImageNet;
import io.github.snip4j.datasets.fetch.DataFolder;
import io.github.snip4j.datasets.fetch.Download;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A dataset that can be had by name, or somebody's own.
 *
 * @param examples how many there are to train and to test on, as published
 * @param example the shape of one picture
 * @param signs names of files or folders of which one tells that it is there
 * @param download null where it is built in
 * @param sha256 {@link Pictures#sha256} of the published pictures; null where nobody computed it
 * @param pictures what is read already; null for what is read when it is asked for
 */
public record Data(
    String name,
    String examples,
    Shape example,
    int classes,
    List<String> signs,
    Reader reader,
    @Nullable Download download,
    @Nullable String sha256,
    @Nullable Pictures pictures) {
  private Data(
      String name,
      String examples,
      Shape example,
      int classes,
      List<String> signs,
      Reader reader,
      @Nullable Download download,
      @Nullable String sha256) {
    this(name, examples, example, classes, signs, reader, download, sha256, null);
  }

  /**
   * Somebody's own data.
   *
   * @param name the path that they were read from
   */
  public static Data of(String name, Pictures own) {
    String examples =
        String.format(Locale.ROOT, "%,d + %,d", own.training().size(), own.test().size());
    Dataset training = own.training();
    return new Data(
        name,
        examples,
        training.example(),
        training.classes(),
        List.of(),
        folder -> own,
        null,
        null,
        own);
  }

  /** Whether these are somebody's own, and not a dataset that has a name. */
  public boolean isOwn() {
    return signs.isEmpty();
  }

  /** These data, read already: every run that reads them is given the same pictures. */
  public Data holding(Pictures read) {
    return new Data(name, examples, example, classes, signs, reader, download, sha256, read);
  }

  /** Reads a folder of its files. */
  @FunctionalInterface
  public interface Reader {
    /** Training set and test set. */
    Pictures read(Path folder) throws IOException;
  }

  private static final Shape GREY = Shape.of(1, 28, 28);
  private static final List<String> IDX =
      List.of("train-images-idx3-ubyte.gz", "train-images-idx3-ubyte");

  /** What a network's file calls the columns of the table that it was trained on. */
  public static final String COLUMNS = "columns";

  /** Handwritten digits; built in. */
  public static final Data MNIST =
      new Data(
          "mnist",
          "60,000 + 10,000",
          GREY,
          10,
          IDX,
          Mnist::read,
          null,
          "f2ac151564e0c39de0e2e0eb5b3062de4b47bd292ce359548c3ee43ea49c500c");

  private static final List<Data> ALL =
      List.of(
          MNIST,
          new Data(
              "fashion-mnist",
              "60,000 + 10,000",
              GREY,
              10,
              IDX,
              FashionMnist::read,
              Download.fashionMnist(),
              "e8ac7d2be873b9f6404979f3abb36520eec75cdd409f8cd3db17fdcf156d29e6"),
          new Data(
              "cifar-10",
              "50,000 + 10,000",
              Shape.of(3, 32, 32),
              10,
              List.of("cifar-10-batches-bin", "data_batch_1.bin"),
              Cifar10::read,
              Download.cifar10(),
              null),
          new Data(
              "tiny-imagenet",
              "100,000 + 10,000",
              Shape.of(3, 64, 64),
              200,
              List.of("tiny-imagenet-200", "wnids.txt"),
              TinyImageNet::read,
              Download.tinyImageNet(),
              null));

  /** The columns of a table in one line; empty of what has none. */
  public static String columns(Dataset data) {
    return String.join(", ", data.features()).replaceAll("\\R", " ");
  }

  /** All of them. */
  public static List<Data> all() {
    return ALL;
  }

  /**
   * Where it is.
   *
   * @param given a folder that holds it, or that holds a folder of its name; null for the usual one
   * @return null if it is not there
   */
  public @Nullable Path find(@Nullable Path given) {
    Path root = DataFolder.of(given);
    for (Path folder : List.of(root.resolve(name), root)) {
      if (signs.stream().anyMatch(sign -> Files.exists(folder.resolve(sign)))) {
        return folder;
      }
    }
    return null;
  }

  /**
   * Reads it.
   *
   * @param given as for {@link #find}; null also for what is built in
   * @throws OptionException if it is not there
   * @throws BadFileException if it is not what it should be, or the folder given is none
   */
  public Pictures read(@Nullable Path given) throws IOException {
    if (pictures != null) {
      return pictures;
    }
    if (given == null && download == null) {
      return Mnist.load();
    }
    if (given != null && !Files.isDirectory(given)) {
      throw new BadFileException(given.toString(), "there is no such folder");
    }
    Path folder = find(given);
    if (folder == null) {
      throw absent(given);
    }
    return reader.read(folder);
  }

  /** How many there are to train on, of somebody's own; 0 if nobody read it yet. */
  public int trainingExamples() {
    if (pictures == null || !isOwn()) {
      return 0;
    }
    int all = pictures.training().size();
    return pictures.validation() == null ? all - Math.max(1, all / 10) : all;
  }

  /** Reads it from where a run has it. */
  public Pictures read(DataSpec spec) throws IOException {
    String dir = spec.dir();
    return read(dir == null ? null : Path.of(dir));
  }

  /**
   * Whether pictures are the published ones of this dataset, or nobody knows; others are somebody's
   * own in the same format.
   *
   * @param digest their {@link Pictures#sha256}
   */
  boolean mayBePublished(String digest) {
    return sha256 == null || sha256.equals(digest);
  }

  private OptionException absent(@Nullable Path given) {
    Path folder = DataFolder.of(given);
    String files = String.join(" or ", signs);
    if (download == null) {
      return new OptionException("%s: there is no %s here: no file %s", folder, name, files);
    }
    String begin = "%s: there is no %s here: 'snip4j datasets fetch %s";
    String end = "' gets it from %s, or put %s into %s by hand";
    String from = download.address();
    Path own = folder.resolve(name);
    return given == null
        ? new OptionException(begin + end, folder, name, name, from, files, own)
        : new OptionException(
            begin + " %s %s" + end,
            folder,
            name,
            name,
            OptionException.field("dir"),
            given,
            from,
            files,
            own);
  }

  /**
   * The network of a kind for these pictures.
   *
   * @param number of classes to tell apart; null for as many as there are
   * @throws IllegalArgumentException if there is none
   */
  public Model on(Model model, @Nullable Integer number) {
    Task own = new Task(example, number == null ? classes : number);
    Task task = model.takes(own) ? own : model.task();
    if (!task.input().equals(example) || task.classes() < classes) {
      throw new IllegalArgumentException(
          (model.name() + " takes " + task.input() + " and tells " + task.classes())
              + (" classes apart: " + DataSpec.title(name) + " has " + example + " and " + classes)
              + " classes");
    }
    if (number != null && task.classes() != number) {
      throw new IllegalArgumentException(
          model.name() + " tells " + task.classes() + " classes apart, and not " + number);
    }
    return model.on(task);
  }
}
