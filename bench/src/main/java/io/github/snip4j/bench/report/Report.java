package io.github.snip4j.bench.report;

import static java.util.Map.entry;

import io.github.snip4j.bench.page.ChartLibrary;
import io.github.snip4j.bench.page.Html;
import io.github.snip4j.bench.page.Resource;
import io.github.snip4j.core.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A page of one file that opens from a disk without a network.
 *
 * @param kind what this is a report of, in a few words
 * @param title what was done, in a few words
 * @param lead what was done and what came of it, in a sentence or two
 * @param source what wrote it, in a line
 */
public record Report(
    String kind,
    String title,
    String lead,
    List<Headline> headlines,
    List<Section> sections,
    String source) {
  private static final String SECTION =
      """
      <section>
      <h2>{{heading}}</h2>
      {{body}}
      </section>
      """;

  /** The page. */
  public Html html() {
    return Html.fill(
        resource("report.html").markup(),
        Map.ofEntries(
            entry("kind", kind),
            entry("title", title),
            entry("heading", title.replace("-", "-\u2060")), // lenet-300-100 stays on one line
            entry("lead", lead),
            entry("headlines", Html.each(headlines, Headline::html)),
            entry("sections", Html.each(sections, Report::html)),
            entry("source", source),
            entry(
                "style", new Html(ChartLibrary.style().markup() + resource("report.css").markup())),
            entry("chartLicence", ChartLibrary.licence()),
            entry("chartScript", ChartLibrary.script()),
            entry("script", resource("charts.js"))));
  }

  private static Html html(Section section) {
    return Html.fill(SECTION, Map.of("heading", section.heading(), "body", section.html()));
  }

  private static Html resource(String name) {
    return new Html(Resource.text(Report.class, name));
  }

  /**
   * Writes the page, whole or not at all.
   *
   * @throws IOException if that fails
   */
  public void write(Path file) throws IOException {
    byte[] page = html().markup().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(page));
  }
}
