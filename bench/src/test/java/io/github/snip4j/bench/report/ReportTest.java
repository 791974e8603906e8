package io.github.snip4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.page.ChartLibrary;
import io.github.snip4j.bench.page.Html;
import io.github.snip4j.core.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page needs no other, and says what it was given. */
class ReportTest {
  private final String page = Compared.report().report().html().markup();

  @Test
  void aPageNeedsNothingElse() {
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .doesNotContainPattern("(src|href)\\s*=")
        .doesNotContainPattern("@import|url\\(")
        .doesNotContain("{{", "NaN", "Infinity")
        .contains("The MIT License", "uPlot=function");
  }

  @Test
  void theChartingLibraryIsTheOneThatItsNoteSays() throws IOException {
    assertThat(digest("uPlot.iife.min.js"))
        .isEqualTo("19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f");
    assertThat(digest("uPlot.min.css"))
        .isEqualTo("df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04");
    assertThat(page).contains("uPlot (v1.6.32)");
  }

  private static String digest(String name) throws IOException {
    try (InputStream in = ChartLibrary.class.getResourceAsStream("uplot-1.6.32/" + name)) {
      return Sha256.of(Objects.requireNonNull(in).readAllBytes());
    }
  }

  @Test
  void mapsWithoutAnOrderHaveTheSameInEveryJava() {
    Map<String, Integer> ordered = new LinkedHashMap<>();
    ordered.put("b", 1);
    ordered.put("a", 2);
    assertThat(Html.json(ordered).markup()).isEqualTo("{\"b\":1,\"a\":2}");
    assertThat(Html.json(Map.of("d", 4, "a", 1, "c", 3, "b", 2)).markup())
        .isEqualTo("{\"a\":1,\"b\":2,\"c\":3,\"d\":4}");
  }

  @Test
  void whatIsGivenAsTextStaysText() {
    assertThat(page)
        .contains("Five criteria on &lt;lenet-300-100&gt;", "best &amp; random")
        .doesNotContain("<lenet");
  }

  @Test
  void aComparisonHasACellForEachCriterionAndSparsity() {
    assertThat(page)
        .contains("<th scope=\"col\" class=\"number\">99&nbsp;%</th>")
        .contains("<td>magnitude</td><td class=\"number\">2.00 &plusmn;&nbsp;0.18</td>")
        .contains(
            "<td>random</td><td class=\"number\">&ndash;</td><td class=\"number\">6.40 (1&nbsp;of&nbsp;3)<")
        .contains("<dt>grasp</dt><dd>what grasp measures</dd>")
        .doesNotContain("<dt>random")
        .contains("\"scale\":\"sparsity\"");
  }

  @Test
  void elementsAreClosed() {
    for (String tag : List.of("table", "tr", "td", "th", "figure", "section", "div", "details")) {
      assertThat(Pattern.compile("<" + tag + "[ >]").matcher(page).results().count())
          .as(tag)
          .isPositive()
          .isEqualTo(Pattern.compile("</" + tag + ">").matcher(page).results().count());
    }
  }

  @Test
  void thePageIsWrittenWhole(@TempDir Path folder) throws IOException {
    Compared.report().report().write(folder.resolve("report.html"));
    assertThat(Files.readString(folder.resolve("report.html"))).isEqualTo(page);
  }

  @ParameterizedTest
  @CsvSource({
    "0.98,     98 %,      1.4,    1.4 s",
    "0.9995,   99.95 %,   9.96,   10 s",
    "0.29,     29 %,      59.4,   59 s",
    "0,        0 %,       200,    3 min 20 s",
    "0.999999, 99.9999 %, 7530,   2 h 5 min",
  })
  void numbersAreWrittenAsPeopleReadThem(
      double share, String sparsity, double seconds, String time) {
    assertThat(Format.sparsity(share)).isEqualTo(sparsity);
    assertThat(Format.time(seconds)).isEqualTo(time);
  }
}
