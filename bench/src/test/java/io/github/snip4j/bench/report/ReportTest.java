package io.github.snip4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void whatIsGivenAsTextStaysText() {
    assertThat(page)
        .contains("Five criteria on &lt;lenet-300-100&gt;", "best &amp; random")
        .doesNotContain("<lenet");
  }

  @Test
  void aComparisonHasACellForEachCriterionAndSparsity() {
    assertThat(page)
        .contains("<th scope=\"col\" class=\"number\">99&nbsp;%</th>")
        .contains("<td>magnitude</td><td class=\"number\">2.00 ±&nbsp;0.18</td>")
        .contains(
            "<td>random</td><td class=\"number\">–</td><td class=\"number\">6.40 (1&nbsp;of&nbsp;3)<")
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
    assertThat(Words.sparsity(share)).isEqualTo(sparsity);
    assertThat(Words.time(seconds)).isEqualTo(time);
  }
}
