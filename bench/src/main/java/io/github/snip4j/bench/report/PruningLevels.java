package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import io.github.snip4j.bench.page.Table;
import java.util.List;
import java.util.Map;

/**
 * How sparse a network was on the way, with what that did to its errors and its speed.
 *
 * @param text what to know before
 * @param head what the columns are called
 * @param rows one for each level, the dense network first
 */
public record PruningLevels(String text, List<String> head, List<List<String>> rows)
    implements Section {
  @Override
  public String heading() {
    return "How it became sparse";
  }

  @Override
  public Html html() {
    Table table = new Table("Levels of sparsity", 1, head, rows);
    return Html.fill(
        "<p>{{text}}</p>\n<div class=\"wide\">{{table}}</div>",
        Map.of("text", text, "table", table.html()));
  }
}
