package io.github.snip4j.bench.report;

import java.util.List;

/** Many small pictures in one, in rows and columns with a gap between them. */
public final class PictureSheet {
  private static final int GAP = 2; // pixels

  private PictureSheet() {}

  /**
   * The sheet.
   *
   * @param rows pictures of one size; each row has as many
   * @param scale how often each pixel is repeated, in both directions
   */
  public static Picture of(List<List<Picture>> rows, int scale) {
    Picture first = rows.get(0).get(0);
    int width = first.width() * scale + GAP;
    int height = first.height() * scale + GAP;
    Picture sheet = new Picture(rows.get(0).size() * width - GAP, rows.size() * height - GAP);
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < rows.get(r).size(); c++) {
        put(sheet, c * width, r * height, rows.get(r).get(c), scale);
      }
    }
    return sheet;
  }

  private static void put(Picture sheet, int left, int top, Picture small, int scale) {
    for (int y = 0; y < small.height() * scale; y++) {
      for (int x = 0; x < small.width() * scale; x++) {
        sheet.set(left + x, top + y, small.get(x / scale, y / scale));
      }
    }
  }
}
