package io.github.snip4j.bench.reproduce;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table or figure of the paper.
 *
 * @param name what a user types, as in {@code table-1}
 * @param title of its page
 * @param text what the paper shows, and what is done here, a paragraph each
 * @param rows the runs; none where nothing is trained
 * @param chart what of the runs is drawn; null for nothing
 * @param masks the pictures of masks beside; null for none
 */
public record Study(
    String name,
    String title,
    List<String> text,
    List<Row> rows,
    @Nullable ChartKind chart,
    @Nullable MaskGrid masks) {
  /** What is drawn of finished runs. */
  public enum ChartKind {
    /** The error over the share that is pruned. */
    ERROR_OVER_SPARSITY,
    /** The error over the size of the batch that connections are scored on. */
    ERROR_OVER_BATCH,
    /** The training loss over steps. */
    LOSS_OVER_STEPS
  }

  /**
   * Masks of the first layer as pictures.
   *
   * @param datasets whose examples connections are scored on, a picture each
   * @param inverted whether pixels are 255 minus what they were
   * @param kind what the rows and columns of a picture are
   */
  public record MaskGrid(List<String> datasets, boolean inverted, Kind kind) {
    /** What is varied. */
    public enum Kind {
      /** A class for each column, a sparsity of 10 to 90 % for each row. */
      CLASSES,
      /** A batch of 1, 10, 100, 1,000 and 10,000 examples for each column, at 90 %. */
      BATCHES
    }
  }

  /** A study of runs alone. */
  static Study of(String name, String title, List<String> text, List<Row> rows) {
    return new Study(name, title, text, rows, null, null);
  }
}
