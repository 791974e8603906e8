package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.core.io.Printable;
import java.io.IOException;
import java.io.Writer;

/**
 * Passes text on to a terminal, which is to show it: what it would obey, but for line ends, is
 * {@linkplain Printable#of made visible}. All that the command prints goes through here, so that no
 * name that a file chose reaches a terminal in any other way.
 */
public final class PlainWriter extends Writer {
  private final Writer out;

  public PlainWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    int start = from;
    for (int i = from; i <= from + length; i++) {
      if (i == from + length || isLayout(text[i])) {
        out.write(Printable.of(new String(text, start, i - start)));
        if (i < from + length) {
          out.write(text[i]);
        }
        start = i + 1;
      }
    }
  }

  private static boolean isLayout(char c) {
    return c == '\n' || c == '\r' || c == '\t';
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
