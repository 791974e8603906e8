package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import io.github.snip4j.bench.page.Table;
import java.util.Map;

/**
 * What {@code charts.js} draws, and the same numbers as a table.
 *
 * @param title what is drawn, unit included
 * @param caption what else there is to know; may be empty
 * @param alternative what one would see, in a sentence
 * @param data as the script takes it
 */
public record Chart(
    String title, String caption, String alternative, Map<String, ?> data, Table table) {
  /** For a page. */
  public Html html() {
    return Html.fill(
        """
        <figure class="chart">
        <h3>{{title}}</h3>
        <div class="plot" role="img" aria-label="{{alternative}}; the numbers are in the table below"></div>
        <script type="application/json">{{data}}</script>
        <figcaption>{{caption}}</figcaption>
        <details><summary>The numbers</summary>
        <div class="wide">{{table}}</div>
        </details>
        </figure>""",
        Map.of(
            "title", title,
            "caption", caption,
            "alternative", alternative,
            "data", Html.json(data),
            "table", table.html()));
  }
}
