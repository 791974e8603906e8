package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which dataset, and where its files are. */
public final class DatasetOptions {
  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = "mnist",
      description =
          "The dataset: a name, which 'snip4j datasets' lists, or the path of your own: a folder of"
              + " class folders, .csv, .npz, IDX files, CIFAR's (default: ${DEFAULT-VALUE}, which"
              + " is built in).")
  private String name = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Read the dataset's own files from here, or from a folder of its name below (default:"
              + " SNIP4J_DATA, or the user's cache folder).")
  private @Nullable Path dir;

  @Mixin private OwnDataOptions own = new OwnDataOptions();

  private @Nullable Data data;

  /**
   * The dataset; one of the user's own is read the first time.
   *
   * @throws UserError if there is none of this name, or it cannot be read
   */
  public Data data() {
    Data known = data;
    if (known == null) {
      if (dir != null && OwnData.isPath(name)) {
        throw new UserError("--data-dir does not go with --data " + name + ", which is a path");
      }
      known = OwnData.find(name, own.reading());
      data = known;
    }
    return known;
  }

  /**
   * The dataset as it is recorded: a path as a whole, so that it is found again.
   *
   * @throws UserError if there is none of this name
   */
  public String recorded() {
    return OwnData.recorded(name);
  }

  /** The folder as it is recorded; null for the usual one. */
  public @Nullable String folder() {
    return dir == null ? null : dir.toString();
  }

  @Nullable String size() {
    return own.size;
  }

  @Nullable String label() {
    return own.label;
  }

  List<String> ignored() {
    return own.ignored;
  }

  /**
   * Refuses to look elsewhere for the data of a run that are a path, which says where they are.
   *
   * @param dir given beside the run; null for where they were
   * @throws UserError if it would not be looked into
   */
  public static void checkMovable(DataSpec run, @Nullable String dir) {
    if (dir != null && OwnData.isPath(run.name())) {
      throw new UserError(
          "--data-dir does not go with a run on " + run.name() + ", which is a path");
    }
  }

  /**
   * The dataset of a run that is gone on with.
   *
   * @throws UserError if it is not there any more
   */
  public static Data of(DataSpec spec) {
    return OwnData.find(spec.name(), spec.reading());
  }
}
