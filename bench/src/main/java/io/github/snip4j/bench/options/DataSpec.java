package io.github.snip4j.bench.options;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which examples, and how they are shown; recorded in the result as it is.
 *
 * @param name of the dataset
 * @param dir where its files are; null for the built-in or the usual ones
 * @param limit how many examples to train on, chosen by seed; null for all
 * @param labels of the training set while it is trained on; connections are scored on true ones
 * @param invert whether all pixels are 255 minus what they were
 * @param augment how pictures are changed while they are trained on
 * @param sensitivityFrom how the batch is chosen that connections are scored on: {@code random},
 *     {@code balanced} or {@code class:K}
 */
public record DataSpec(
    String name,
    @Nullable String dir,
    @Nullable Integer limit,
    Labels labels,
    boolean invert,
    AugmentationKind augment,
    String sensitivityFrom) {
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
    if (limit != null) {
      OptionException.require(limit >= 1, "limit", limit, "1 or more");
    }
    OptionException.require(
        SampleChoice.isKnown(sensitivityFrom),
        "sensitivityFrom",
        sensitivityFrom,
        "random, balanced or class:K");
  }

  /** These data in another folder. */
  public DataSpec at(@Nullable String folder) {
    return new DataSpec(name, folder, limit, labels, invert, augment, sensitivityFrom);
  }
}
