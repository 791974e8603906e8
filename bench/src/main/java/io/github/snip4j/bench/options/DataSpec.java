package io.github.snip4j.bench.options;

import io.github.snip4j.datasets.ReadOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which examples, and how they are shown; recorded in the result as it is.
 *
 * @param name of the dataset, or the whole path of somebody's own
 * @param dir where its files are; null for the built-in or the usual ones
 * @param limit how many examples to train on, chosen by seed; null for all
 * @param labels of the training set while it is trained on; connections are scored on true ones
 * @param invert whether all pixels are 255 minus what they were
 * @param augment how pictures are changed while they are trained on
 * @param sensitivityFrom how the batch is chosen that connections are scored on: {@code random},
 *     {@code balanced} or {@code class:K}
 * @param size of pictures, to which others are resized, as in {@code 32x32}; null for their own
 * @param label the column of a table that holds the classes; null for one with a usual name
 * @param ignored columns of a table that are no features
 */
public record DataSpec(
    String name,
    @Nullable String dir,
    @Nullable Integer limit,
    Labels labels,
    boolean invert,
    AugmentationKind augment,
    String sensitivityFrom,
    @Nullable String size,
    @Nullable String label,
    List<String> ignored) {
  /** What is to be learned. */
  public enum Labels {
    /** What is on the picture. */
    TRUE,
    /** Noise, which can only be memorised: the paper's figure 4. */
    RANDOM
  }

  /** Nothing but what is marked may be missing, and nothing out of range. */
  public DataSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(augment, "augment");
    Objects.requireNonNull(sensitivityFrom, "sensitivityFrom");
    ignored = List.copyOf(Objects.requireNonNull(ignored, "ignored"));
    if (limit != null) {
      OptionException.require(limit >= 1, "limit", limit, "1 or more");
    }
    OptionException.require(
        SampleChoice.isKnown(sensitivityFrom),
        "sensitivityFrom",
        sensitivityFrom,
        "random, balanced or class:K");
    if (size != null) {
      ReadOptions.Size.parse(size);
    }
  }

  /** These data by the name under which programs in other working folders find them. */
  public DataSpec found() {
    return dir == null ? this : at(Path.of(dir).toAbsolutePath().normalize().toString());
  }

  /** The dataset in a word or two: of a path the last part. */
  public String title() {
    return title(name);
  }

  /** The last part of a path; other names as they are. */
  public static String title(String name) {
    String end = name.replaceAll("[/\\\\]+$", "");
    return end.substring(Math.max(end.lastIndexOf('/'), end.lastIndexOf('\\')) + 1);
  }

  /** How somebody's own data are read. */
  public ReadOptions reading() {
    return new ReadOptions(size == null ? null : ReadOptions.Size.parse(size), label, ignored);
  }

  /** These data in another folder. */
  public DataSpec at(@Nullable String folder) {
    return new DataSpec(
        name, folder, limit, labels, invert, augment, sensitivityFrom, size, label, ignored);
  }
}
