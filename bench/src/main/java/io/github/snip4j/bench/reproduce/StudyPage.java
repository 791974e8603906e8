package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.page.Html;
import io.github.snip4j.bench.page.Table;
import io.github.snip4j.bench.report.Line;
import io.github.snip4j.bench.report.LineChart;
import io.github.snip4j.bench.report.Picture;
import io.github.snip4j.bench.report.Section;
import io.github.snip4j.core.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page of a study: for people who read a repository, as Markdown, and for those who open a
 * report, as a part of it.
 *
 * @param budget that the runs had
 * @param outcomes one for each row, in their order
 * @param sheets the pictures of masks, by dataset
 * @param missing datasets that are not here, so that their pictures are not either
 * @param made how and with what it was made, a sentence each
 * @param note what its maker says of it; empty for nothing
 */
public record StudyPage(
    Study study,
    Budget budget,
    List<RowOutcome> outcomes,
    Map<String, Picture> sheets,
    List<String> missing,
    List<String> made,
    String note)
    implements Section {
  private static final String COMMANDS = "The runs, here with the first seed:";

  @Override
  public String heading() {
    return study.title();
  }

  /** The numbers; none where nothing is trained. */
  public Optional<Table> table() {
    return outcomes.isEmpty() ? Optional.empty() : Optional.of(StudyTable.of(study, outcomes));
  }

  @Override
  public Html html() {
    List<Html> parts = new ArrayList<>();
    parts.add(Html.lines(study.text(), "p"));
    table()
        .map(
            table -> new Html("<div class=\"wide reproduced\">" + table.html().markup() + "</div>"))
        .ifPresent(parts::add);
    StudyChart.of(study, outcomes).ifPresent(chart -> parts.add(chart.chart().html()));
    sheets.forEach((dataset, sheet) -> parts.add(figure(dataset, sheet)));
    parts.add(Html.lines(notes(), "p"));
    if (!outcomes.isEmpty()) {
      parts.add(
          Html.fill(
              "<details class=\"settings\"><summary>{{what}}</summary>\n<pre>{{lines}}</pre>\n"
                  + "</details>",
              Map.of("what", COMMANDS, "lines", String.join("\n", commands()))));
    }
    return new Html(parts.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  private Html figure(String dataset, Picture sheet) {
    return Html.fill(
        "<figure class=\"sheet\">{{picture}}<figcaption>{{caption}}</figcaption></figure>",
        Map.of(
            "picture", sheet.html(caption(dataset)),
            "caption", caption(dataset)));
  }

  private String caption(String dataset) {
    Study.MaskGrid grid = study.masks();
    return dataset + ". " + (grid == null ? "" : MaskSheets.words(grid.kind()));
  }

  /** What did not work out, and how the rest was made. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (RowOutcome outcome : outcomes) {
      for (String failure : outcome.failures()) {
        notes.add(outcome.row().label() + ": no result: " + failure);
      }
      if (study.chart() == Study.ChartKind.LOSS_OVER_STEPS
          && outcome.results().isEmpty()
          && outcome.seeds() > 0) {
        notes.add(outcome.row().label() + ": not drawn, as the folders of its runs are not here.");
      }
    }
    for (String dataset : missing) {
      notes.add(
          dataset
              + " was not here: 'snip4j datasets fetch "
              + dataset
              + "' gets it, and then its"
              + " pictures are made too.");
    }
    notes.addAll(made);
    if (!note.isEmpty()) {
      notes.add(note);
    }
    return notes;
  }

  /** A line for each row. */
  private List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (RowOutcome outcome : outcomes) {
      long seed =
          outcome.runs().stream()
              .flatMap(some -> some.seeds().stream())
              .min(Long::compare)
              .orElse(1L);
      commands.add("./snip4j run " + outcome.row().command(budget, seed));
    }
    return commands;
  }

  /**
   * Writes the page as Markdown, with its pictures beside it.
   *
   * @return the file, named after the study
   */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, Picture> sheet : sheets.entrySet()) {
      byte[] png = sheet.getValue().png();
      AtomicFile.write(folder.resolve(picture(sheet.getKey())), out -> out.write(png));
    }
    byte[] text = markdown().getBytes(StandardCharsets.UTF_8);
    Path page = folder.resolve(study.name() + ".md");
    AtomicFile.write(page, out -> out.write(text));
    return page;
  }

  /**
   * Writes the page as {@link #write} does, and beside it a file of its runs, of which a later page
   * is made.
   *
   * @return the file of the page
   */
  public Path publish(Path folder) throws IOException {
    Path page = write(folder);
    if (!outcomes.isEmpty()) {
      PublishedStudy.write(folder, study, note, outcomes);
    }
    return page;
  }

  private String picture(String dataset) {
    return study.name() + "-" + dataset + ".png";
  }

  String markdown() {
    StringBuilder out = new StringBuilder("# " + study.title() + "\n");
    study.text().forEach(text -> out.append('\n').append(text).append('\n'));
    table().ifPresent(table -> out.append('\n').append(table.markdown()));
    StudyChart.of(study, outcomes).ifPresent(chart -> out.append('\n').append(mermaid(chart)));
    sheets.forEach(
        (dataset, sheet) ->
            out.append("\n![" + caption(dataset) + "](" + picture(dataset) + ")\n\n")
                .append(caption(dataset) + "\n"));
    out.append('\n').append(String.join("\n\n", notes())).append('\n');
    if (!outcomes.isEmpty()) {
      out.append("\n" + COMMANDS + "\n\n");
      commands().forEach(command -> out.append("    " + command + "\n"));
    }
    return out.toString();
  }

  /**
   * A chart that is drawn where Markdown is shown. It puts the points of each line at even
   * distances: a line that lacks some is left to the table.
   */
  private static String mermaid(LineChart chart) {
    List<Double> xs =
        chart.lines().stream()
            .flatMap(line -> line.points().stream().map(point -> point.x()))
            .distinct()
            .sorted()
            .toList();
    StringBuilder out = new StringBuilder("```mermaid\nxychart-beta\n");
    out.append("    title \"" + chart.title() + "\"\n");
    out.append(
        String.format(
            Locale.ROOT,
            "    x-axis \"%s\" %s --> %s%n",
            chart.x(),
            xs.get(0),
            xs.get(xs.size() - 1)));
    List<Line> whole =
        chart.lines().stream().filter(line -> line.points().size() == xs.size()).toList();
    whole.forEach(
        line ->
            out.append("    line [")
                .append(
                    line.points().stream()
                        .map(point -> String.format(Locale.ROOT, "%.3f", point.y()))
                        .collect(Collectors.joining(", ")))
                .append("]\n"));
    out.append("```\n\nLines in the order of their colours: ");
    out.append(whole.stream().map(Line::name).collect(Collectors.joining("; ")));
    return out.append(".\n").toString();
  }
}
