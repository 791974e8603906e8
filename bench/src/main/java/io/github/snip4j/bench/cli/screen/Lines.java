package io.github.snip4j.bench.cli.screen;

import java.io.PrintWriter;
import java.util.Locale;

/** Where a command's lines and tables go. */
record Lines(PrintWriter out) {
  /** Prints a line, formatted alike wherever the user lives. */
  void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  void table(TextTable table) {
    table.print(out);
  }
}
