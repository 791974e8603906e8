package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How examples are read that do not say it themselves.
 *
 * @param size of all pictures, to which others are resized; null for the size that all have
 * @param label the column of a table that holds the classes; null for one with a usual name
 * @param ignored columns of a table that are no features
 */
public record ReadOptions(@Nullable Size size, @Nullable String label, List<String> ignored) {
  /** Everything as it is. */
  public static final ReadOptions NONE = new ReadOptions(null, null, List.of());

  /** Copies the columns. */
  public ReadOptions {
    ignored = List.copyOf(ignored);
  }

  /** These options with pictures of another size. */
  public ReadOptions withSize(int height, int width) {
    return new ReadOptions(new Size(height, width), label, ignored);
  }

  /** These options with another column for the classes. */
  public ReadOptions withLabel(String column) {
    return new ReadOptions(size, column, ignored);
  }

  /** These options with other columns to leave out. */
  public ReadOptions without(String... columns) {
    return new ReadOptions(size, label, List.of(columns));
  }

  /** Refuses columns that somebody names where there is no table. */
  void checkNoColumns(Path path) throws BadFileException {
    if (label != null || !ignored.isEmpty()) {
      throw new BadFileException(
          path.toString(),
          ("is no table, and has no column '"
                  + Printable.name(label != null ? label : ignored.get(0)))
              + "': expected neither ReadOptions.label nor ReadOptions.ignored");
    }
  }

  /**
   * The size of a picture in pixels.
   *
   * @param height at least 1, at most 4096
   * @param width likewise
   */
  public record Size(int height, int width) {
    private static final int MOST = 4096;
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,3})x([1-9][0-9]{0,3})");

    /** Checks the range. */
    public Size {
      if (Math.min(height, width) < 1 || Math.max(height, width) > MOST) {
        throw new IllegalArgumentException(
            height + "x" + width + ": expected a height and a width from 1 to " + MOST);
      }
    }

    /**
     * The size of a text like {@code 32x48}: 32 high and 48 wide.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Size parse(String text) {
      Matcher m = TEXT.matcher(text);
      if (!m.matches()) {
        throw new IllegalArgumentException(
            "'" + text + "': expected HEIGHTxWIDTH in pixels, as in 32x32");
      }
      return new Size(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    }

    @Override
    public String toString() {
      return height + "x" + width;
    }
  }
}
