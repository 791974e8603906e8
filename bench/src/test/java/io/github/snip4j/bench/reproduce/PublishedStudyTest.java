package io.github.snip4j.bench.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snip4j.bench.options.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that were published go on to the next page, and nothing else that a file may hold. */
class PublishedStudyTest {
  private static final Budget BUDGET = Budget.of("16200");
  private static final Study TABLE = Studies.named(List.of("table-1")).get(0);
  private static final Row DENSE = TABLE.rows().get(0);
  private static final Row SNIP = TABLE.rows().get(1);

  @TempDir Path folder;

  @Test
  void seedsOfBeforeAndOfHereAreOneRow() {
    PublishedStudy before =
        new PublishedStudy("", List.of(runs(SNIP, "old", 1.5, 1), runs(DENSE, "old", 9, 1)));
    RowOutcome both = before.with(here(SNIP, runs(SNIP, "new", 2.5, 2)));
    assertThat(both.seeds()).isEqualTo(2);
    assertThat(both.wanted()).isEqualTo(5);
    assertThat(both.pruned().words()).isEqualTo("2.00 ± 0.71");
    assertThat(both.seconds()).isEqualTo(20);
    assertThat(before.with(here(SNIP, runs(SNIP, "new", 2.5, 1))).runs())
        .containsExactly(runs(SNIP, "new", 2.5, 1));
  }

  /** Of a mean of three nobody can take away the one that was run again. */
  @Test
  void runsPublishedAsOneStayUntilAllOfThemAreHere() {
    PublishedRuns three = runs(SNIP, "old", 1.5, 1, 2, 3);
    PublishedStudy before = new PublishedStudy("", List.of(three));
    RowOutcome two = here(SNIP, runs(SNIP, "new", 2, 3), runs(SNIP, "new", 2, 4));
    assertThat(before.with(two).runs()).containsExactly(three, runs(SNIP, "new", 2, 4));
    RowOutcome all =
        here(SNIP, runs(SNIP, "new", 2, 1), runs(SNIP, "new", 2, 2), runs(SNIP, "new", 2, 3));
    assertThat(before.with(all).runs()).isEqualTo(all.runs());
  }

  @Test
  void whoMadeWhichRowsIsSaid() throws IOException {
    RowOutcome one = here(DENSE, runs(DENSE, "Java A", 1, 1));
    RowOutcome two = here(SNIP, runs(SNIP, "Java A", 1, 1), runs(SNIP, "Java B", 1, 2, 3, 4));
    assertThat(MadeBy.sentences(BUDGET, List.of(one)))
        .containsExactly(
            "Up to 5 seeds; trained for 16,200 steps each; made by Java A; the runs took 10 s in"
                + " all.");
    assertThat(MadeBy.sentences(BUDGET, List.of(one, two)))
        .containsExactly(
            "Up to 5 seeds; trained for 16,200 steps each; the runs took 50 s in all.",
            "LeNet-300-100, dense; LeNet-300-100, SNIP 95 % (seed 1): made by Java A.",
            "All others: made by Java B.");
  }

  @Test
  void aFileIsReadAsItWasWritten() throws IOException {
    assertThat(PublishedStudy.read(folder, TABLE, BUDGET)).isEqualTo(PublishedStudy.NOTHING);
    List<RowOutcome> outcomes =
        List.of(here(DENSE), here(SNIP, runs(SNIP, "a", 1.5, 1, 2), runs(SNIP, "b", 1, 3)));
    PublishedStudy.write(folder, TABLE, "A note.", outcomes);
    assertThat(PublishedStudy.read(folder, TABLE, BUDGET).runs()).isEqualTo(outcomes.get(1).runs());
  }

  @Test
  void whatCannotBeSaidOfRunsIsRefused() throws IOException {
    PublishedStudy.write(folder, TABLE, "A note.", List.of(here(SNIP, runs(SNIP, "a", 1.5, 1, 2))));
    Path file = folder.resolve("table-1.json");
    String right = Files.readString(file);
    refused(right, "\"row\": \"300-snip-95\"", "\"row\": \"x\"", "table-1 has no row 'x'");
    refused(right, "16200", "100", "--budget");
    refused(right, "\"mean\": 1.5", "\"mean\": -1.5", "2 errors with the mean -1.5 %");
    refused(right, "\"mean\": 1.5", "\"mean\": \"much\"", "not a list of runs");
    refused(right, "\"n\": 2", "\"n\": 3", "3 errors of 2 runs");
    refused(right, "\"seconds\": 10.0", "\"seconds\": -1.0", "expected numbers of at least 0");
    refused(right, "\"made\": \"a\"", "\"made\": null", "does not say by what it was made");
    refused(right, "\"made\": \"a\"", "\"by\": \"a\"", "made");
    refused(right, "        2\n", "        1\n", "expected rising seeds");
    refused(right, "\"runs\": [", "\"runs\": [ null,", "not a list of runs");
    refused(right, "{", "", "not a list of runs");
    refused(right, right, "", "not a list of runs: it holds no fields");
    refused(right, right, "[]", "not a list of runs: it holds no fields");
    Files.write(file, new byte[] {'{', (byte) 0xff});
    assertThatThrownBy(() -> PublishedStudy.read(folder, TABLE, BUDGET))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("not a list of runs");
    String run = right.substring(right.indexOf('[') + 1, right.lastIndexOf(']'));
    refused(right, run, run + "," + run, "row 300-snip-95 has its seed 1 twice");
  }

  /** The pages of this repository are what its files of runs say. */
  @Test
  void thePublishedTablesAreThoseOfTheirFiles() throws IOException {
    Path docs = Path.of("..", "docs", "results");
    Map<String, String> budgets = Map.of("table-2", "16200,cifar-10=1760", "hypotheses", "paper");
    int pages = 0;
    for (Study study : Studies.all()) {
      Path page = docs.resolve(study.name() + ".md");
      if (!Files.exists(page) || study.rows().isEmpty()) {
        continue;
      }
      String text = Files.readString(page);
      Matcher seeds = Pattern.compile("Up to ([0-9]+) seeds").matcher(text);
      int wanted = seeds.find() ? Integer.parseInt(seeds.group(1)) : 1;
      Budget budget = Budget.of(budgets.getOrDefault(study.name(), "16200"));
      PublishedStudy published = PublishedStudy.read(docs, study, budget);
      List<RowOutcome> outcomes =
          study.rows().stream()
              .map(row -> new RowOutcome(row, wanted, List.of(), List.of(), List.of()))
              .map(published::with)
              .filter(outcome -> outcome.seeds() > 0)
              .toList();
      assertThat(text).contains(StudyTable.of(study, outcomes).markdown());
      pages++;
    }
    assertThat(pages).isGreaterThanOrEqualTo(9);
  }

  private void refused(String right, String part, String wrong, String sentence)
      throws IOException {
    assertThat(right).contains(part);
    Files.writeString(folder.resolve("table-1.json"), right.replace(part, wrong));
    assertThatThrownBy(() -> PublishedStudy.read(folder, TABLE, BUDGET))
        .isInstanceOfSatisfying(
            OptionException.class,
            e ->
                assertThat(e.sentence(field -> "--" + field))
                    .startsWith(folder.resolve("table-1.json") + ": ")
                    .contains(sentence));
  }

  private static RowOutcome here(Row row, PublishedRuns... runs) {
    return new RowOutcome(row, 5, List.of(), List.of(runs), List.of());
  }

  private static PublishedRuns runs(Row row, String made, double error, long... seeds) {
    Double deviation = seeds.length < 2 ? null : 0.5;
    Spread errors = new Spread(seeds.length, error, deviation);
    Spread none = Spread.of(List.of());
    List<Long> list = Arrays.stream(seeds).boxed().toList();
    return new PublishedRuns(
        row.id(), row.command(BUDGET, 1), list, 100, 100, errors, none, none, 10, made);
  }
}
