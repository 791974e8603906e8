package io.github.snip4j.datasets;

/**
 * The marks that divide a JPEG file (ITU T.81, annex B): {@code 0xff} and a byte that is neither
 * {@code 0x00} nor {@code 0xff}. Most begin a segment that says how long it is, and is passed over
 * whole, whatever is in it, a small picture with an end of its own among others. After the start of
 * a scan come packed data until the next mark.
 */
final class JpegMarks {
  private static final int MARK = 0xff;
  private static final int END_OF_IMAGE = 0xd9;

  private final byte[] jpeg;
  private int at = 2; // after the start of the image

  private JpegMarks(byte[] jpeg) {
    this.jpeg = jpeg;
  }

  /**
   * Whether the picture itself has its end.
   *
   * @param jpeg beginning with the mark of a start
   */
  static boolean end(byte[] jpeg) {
    return new JpegMarks(jpeg).findEnd();
  }

  private boolean findEnd() {
    while (at + 1 < jpeg.length) {
      int mark = jpeg[at + 1] & 0xff;
      if ((jpeg[at] & 0xff) != MARK || mark == 0) {
        at++; // packed data, or what some programs leave between segments
      } else if (mark == MARK) {
        at++; // one of several bytes that may stand before a mark
      } else if (mark == END_OF_IMAGE) {
        return true;
      } else if (standsAlone(mark)) {
        at += 2;
      } else if (!passSegment()) {
        return false;
      }
    }
    return false;
  }

  /** Restarts, and the marks that mean nothing. */
  private static boolean standsAlone(int mark) {
    return (mark >= 0xd0 && mark <= 0xd8) || mark == 0x01;
  }

  private boolean passSegment() {
    if (at + 3 >= jpeg.length) {
      return false;
    }
    int length = (jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff);
    at += 2 + Math.max(2, length);
    return true;
  }
}
