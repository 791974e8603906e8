package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.Png;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A picture of all pictures in a batch, sorted by label. It needs no screen and no fonts.
 *
 * <p>Where there are few classes, each begins a new row; so a row of unlike things is a row of
 * wrong labels.
 */
public final class ContactSheet {
  private static final int GAP = 2;
  private static final int WIDEST_ROW = 32;
  private static final int MOST_ROWS = 24;
  private static final int SMALL = 40; // pictures below this size are shown twice as large
  private static final int WHITE = 0xffffffff;

  private final int sheetWidth;
  private final int sheetHeight;
  private final int[] argb;

  /**
   * Draws a batch.
   *
   * @param batch {@code [C, H, W, N]}, of grey or coloured pictures
   * @param normalization how its numbers were made of pixels; undone here
   * @throws IllegalArgumentException if C is neither 1 nor 3
   */
  public ContactSheet(Batch batch, Normalization normalization) {
    Shape shape = batch.x().shape();
    if (shape.rank() != 4 || (shape.dim(0) != 1 && shape.dim(0) != 3)) {
      throw new IllegalArgumentException(
          "contact sheet: " + shape + ": expected [1 or 3, H, W, N]");
    }
    int height = shape.dim(1);
    int width = shape.dim(2);
    int scale = Math.max(height, width) < SMALL ? 2 : 1;
    int[][] rows = rows(batch.labels());
    int widest = Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(0);
    sheetWidth = GAP + widest * (width * scale + GAP);
    sheetHeight = GAP + rows.length * (height * scale + GAP);
    argb = new int[Math.multiplyExact(sheetWidth, sheetHeight)];
    Arrays.fill(argb, WHITE);
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        int left = GAP + column * (width * scale + GAP);
        int top = GAP + row * (height * scale + GAP);
        for (int y = 0; y < height * scale; y++) {
          for (int x = 0; x < width * scale; x++) {
            int rgb = rgb(batch, normalization, y / scale, x / scale, rows[row][column]);
            argb[(top + y) * sheetWidth + left + x] = rgb;
          }
        }
      }
    }
  }

  private static int rgb(Batch batch, Normalization normalization, int y, int x, int i) {
    int channels = batch.x().shape().dim(0);
    int rgb = 0xff; // opaque
    for (int c = 0; c < 3; c++) {
      int channel = Math.min(c, channels - 1);
      rgb = rgb << 8 | normalization.pixel(batch.x().get(channel, y, x, i), channel);
    }
    return rgb;
  }

  /** Which example stands where. */
  private static int[][] rows(int[] labels) {
    Integer[] sorted = new Integer[labels.length];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(sorted, (a, b) -> Integer.compare(labels[a], labels[b])); // stable
    boolean byClass = Arrays.stream(labels).distinct().count() <= MOST_ROWS;
    int widest =
        byClass ? WIDEST_ROW : Math.min(WIDEST_ROW, (int) Math.ceil(Math.sqrt(labels.length)));
    int[][] rows = new int[labels.length][];
    int count = 0;
    for (int from = 0, end; from < sorted.length; from = end) {
      end = from;
      while (end < Math.min(sorted.length, from + widest)
          && (!byClass || labels[sorted[end]] == labels[sorted[from]])) {
        end++;
      }
      rows[count++] = Arrays.stream(sorted, from, end).mapToInt(i -> i).toArray();
    }
    return Arrays.copyOf(rows, count);
  }

  /** Writes it as PNG. */
  public void writePng(OutputStream out) throws IOException {
    Png.write(out, sheetWidth, sheetHeight, argb);
  }
}
