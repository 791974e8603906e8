package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import java.util.Map;

/**
 * A number that is seen first.
 *
 * @param value with its unit, as in {@code 3.17 %}
 * @param what it is, in two or three words
 * @param note what to hold it against
 */
public record Headline(String value, String what, String note) {
  Html html() {
    return Html.fill(
        "<div><dt>{{what}}</dt><dd><b>{{value}}</b> <span>{{note}}</span></dd></div>",
        Map.of("what", what, "value", value, "note", note));
  }
}
