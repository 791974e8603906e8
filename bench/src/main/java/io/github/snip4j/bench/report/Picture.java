package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import io.github.snip4j.core.io.Png;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;

/**
 * A picture of few pixels, which a page shows enlarged and with sharp edges. It needs no screen and
 * no fonts.
 */
public final class Picture {
  /** A colour that lets the page show through. */
  static final int TRANSPARENT = 0;

  private final int width;
  private final int height;
  private final int[] argb;

  /** A transparent one. */
  Picture(int width, int height) {
    this.width = width;
    this.height = height;
    this.argb = new int[width * height];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  void set(int x, int y, int colour) {
    argb[y * width + x] = colour;
  }

  int get(int x, int y) {
    return argb[y * width + x];
  }

  /** The picture in a page, with its pixels as PNG in the page itself. */
  public Html html(String alternative) {
    return Html.fill(
        "<img src=\"data:image/png;base64,{{png}}\" width=\"{{width}}\" height=\"{{height}}\""
            + " alt=\"{{alternative}}\">",
        Map.of(
            "png", Base64.getEncoder().encodeToString(png()),
            "width", width,
            "height", height,
            "alternative", alternative));
  }

  /** Its pixels as PNG. */
  public byte[] png() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Png.write(out, width, height, argb);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory", e);
    }
    return out.toByteArray();
  }
}
