package io.github.snip4j.bench.page;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table of texts.
 *
 * @param name for its caption
 * @param texts how many of the first columns hold words; the others hold numbers
 */
public record Table(String name, int texts, List<String> head, List<List<String>> rows) {
  /** In the form of Markdown that GitHub shows. */
  public String markdown() {
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

  /** For a page; numbers have the class {@code number}. */
  public Html html() {
    return html(cell -> "number");
  }

  /**
   * For a page.
   *
   * @param look the class of a cell that holds a number
   */
  public Html html(Function<String, String> look) {
    StringBuilder out = new StringBuilder("<table>\n<caption>" + escaped(name));
    out.append("</caption>\n<thead><tr>");
    for (int i = 0; i < head.size(); i++) {
      out.append(i < texts ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"number\">");
      out.append(escaped(head.get(i))).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      out.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        out.append(i < texts ? "<td>" : "<td class=\"" + look.apply(cell) + "\">");
        out.append(escaped(cell)).append("</td>");
      }
      out.append("</tr>\n");
    }
    return new Html(out.append("</tbody>\n</table>").toString());
  }

  private static String escaped(String text) {
    return Html.text(text).markup();
  }
}
