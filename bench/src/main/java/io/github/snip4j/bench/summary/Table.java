package io.github.snip4j.bench.summary;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of texts.
 *
 * @param name for its caption
 * @param texts how many of the first columns hold words; the others hold numbers
 */
record Table(String name, int texts, List<String> head, List<List<String>> rows) {
  /** In the form of Markdown that GitHub shows. */
  String markdown() {
    StringBuilder out = new StringBuilder();
    line(out, head);
    out.append('|');
    for (int i = 0; i < head.size(); i++) {
      out.append(i < texts ? "---|" : "---:|");
    }
    out.append('\n');
    rows.forEach(row -> line(out, row));
    return out.toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
