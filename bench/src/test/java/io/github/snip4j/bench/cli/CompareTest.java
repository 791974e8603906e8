package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.core.io.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Criteria beside each other. */
class CompareTest extends CommandTestBase {
  private Path root;
  private List<String> arguments = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    root = folder.resolve("compare");
    Path data = SmallMnist.write(folder.resolve("data"));
    arguments =
        new ArrayList<>(
            List.of(
                "compare",
                "--criteria=snip,random",
                "--sparsities=0.5,0.9",
                "--seeds=2",
                "--iterations=20",
                "--data-dir=" + data,
                "--out=" + root));
    arguments.addAll(List.of("--batch=20", "--sensitivity-batch=20", "--lr=0.01"));
  }

  private int compare() {
    return snip4j(arguments.toArray(String[]::new));
  }

  private JsonObject json() throws IOException {
    return JsonParser.parseString(Files.readString(root.resolve("compare.json"))).getAsJsonObject();
  }

  @Test
  void meansAndDeviationsOverSeedsAreThoseOfTheRuns() throws IOException {
    assertThat(compare()).as(err.toString()).isZero();
    JsonArray rows = json().getAsJsonArray("rows");
    assertThat(rows).hasSize(4);
    JsonObject row = rows.get(3).getAsJsonObject();
    assertThat(row.get("criterion").getAsString()).isEqualTo("random");
    assertThat(row.get("sparsity").getAsDouble()).isEqualTo(0.9);
    double first = error("random-0.9-1");
    double second = error("random-0.9-2");
    assertThat(row.get("meanError").getAsDouble()).isEqualTo((first + second) / 2);
    assertThat(row.get("deviation").getAsDouble())
        .isCloseTo(Math.abs(first - second) / Math.sqrt(2), within(1e-12));
    assertThat(json().getAsJsonArray("cells")).hasSize(8);
    assertThat(Files.readString(root.resolve("report.html")))
        .contains("2 criteria on lenet-300-100", "trained on mnist for 20 steps");
    assertThat(out.toString())
        .contains("  8 of 8  random at 0.9, seed 2: test error ")
        .containsPattern("test error in % +at 0.5 +at 0.9\\R")
        .contains("written to " + root.resolve("compare.json") + ", report.html")
        .containsPattern("snip +[0-9.]+ \\+- [0-9.]+ +[0-9.]+ \\+- [0-9.]+\\R");
  }

  private double error(String cell) throws IOException {
    return RunResult.read(root.resolve(cell).resolve("result.json")).pruned().last().test().error();
  }

  @Test
  void finishedRunsAreNotRunAgain() throws IOException {
    assertThat(compare()).as(err.toString()).isZero();
    String before = Files.readString(root.resolve("compare.json"));
    Path kept = root.resolve("snip-0.5-1/result.json");
    FileTime written = Files.getLastModifiedTime(kept);
    Path lost = root.resolve("random-0.5-2");
    Files.delete(lost.resolve("result.json"));
    Files.delete(lost.resolve("network.npz"));
    out.getBuffer().setLength(0);
    assertThat(compare()).as(err.toString()).isZero();
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(written);
    assertThat(lost.resolve("result.json")).exists();
    assertThat(Files.readString(root.resolve("compare.json"))).isEqualTo(before);
    assertThat(out.toString().lines().filter(line -> line.endsWith(", was finished"))).hasSize(7);
    arguments.set(3, "--seeds=3");
    assertThat(compare()).as(err.toString()).isZero();
    assertThat(json().getAsJsonArray("cells")).hasSize(12);
  }

  @Test
  void runsWithOtherOptionsAreNotMixedIn() {
    assertThat(compare()).as(err.toString()).isZero();
    arguments.set(4, "--iterations=21");
    assertThat(mistake(arguments.toArray(String[]::new)))
        .isEqualTo(
            "snip4j: "
                + root.resolve("snip-0.5-1")
                + " holds a run with other options: choose another --out");
  }

  @Test
  void runsOnOtherDataAreNotMixedIn() throws IOException {
    arguments.set(1, "--criteria=snip");
    arguments.set(2, "--sparsities=0.5");
    arguments.add("--model=linear");
    assertThat(compare()).as(err.toString()).isZero();
    Path labels = folder.resolve("data/t10k-labels-idx1-ubyte");
    byte[] others = Files.readAllBytes(labels);
    others[30] ^= 1;
    Files.write(labels, others);
    assertThat(mistake(arguments.toArray(String[]::new)))
        .isEqualTo(
            ("snip4j: " + root.resolve("snip-0.5-1/result.json") + ": is of other data than the")
                + " mnist that is here now, and cannot be compared with it: choose another --out");
  }

  @Test
  void aRunThatDidNotRecordItsDataIsTakenAndSaidToBeSo() throws IOException {
    arguments.set(1, "--criteria=snip");
    arguments.set(2, "--sparsities=0.5");
    arguments.set(3, "--seeds=1");
    arguments.add("--model=linear");
    assertThat(compare()).as(err.toString()).isZero();
    Path file = root.resolve("snip-0.5-1/result.json");
    JsonObject old = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    List.of("schema", "dataSha256", "networkSha256").forEach(old::remove);
    Files.writeString(file, new GsonBuilder().serializeNulls().create().toJson(old));
    assertThat(compare()).as(err.toString()).isZero();
    assertThat(out.toString()).contains(", was finished; on which data was not recorded then");
  }

  @Test
  void aFolderThatIsWrittenToByAnotherIsRefused() throws IOException {
    try (LockFile other = RunFolder.lock(Files.createDirectory(root))) {
      assertThat(mistake(arguments.toArray(String[]::new)))
          .isEqualTo(
              "snip4j: "
                  + root
                  + ": this process is writing its results here: wait until it ends, or choose"
                  + " another folder");
      assertThat(other.isThere()).isTrue();
    }
    Files.writeString(root.resolve("result.json"), "of a run");
    assertThat(mistake(arguments.toArray(String[]::new)))
        .isEqualTo("snip4j: " + root + ": is the folder of a single run: choose another --out");
  }

  @Test
  void aCriterionThatCollapsesIsToldAndTheOthersRun() throws IOException {
    arguments.set(1, "--criteria=magnitude,snip");
    arguments.set(2, "--sparsities=0.99");
    assertThat(compare()).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("no result: nothing is left of fc1.weight: no signal passes there")
        .containsPattern("magnitude +no result\\R");
    assertThat(Files.readString(root.resolve("report.html")))
        .contains("2 of 4 runs have no result (&ndash;): nothing was left of a layer")
        .contains("<td>magnitude</td><td class=\"number\">&ndash;</td>");
    JsonObject cell = json().getAsJsonArray("cells").get(0).getAsJsonObject();
    assertThat(cell.get("error").isJsonNull()).isTrue();
    assertThat(cell.get("failure").getAsString()).startsWith("nothing is left of fc1.weight");
  }

  @Test
  void thePageSaysWhatTheCriteriaAreAndWhatWasCheckedInstead() throws IOException {
    arguments.set(2, "--sparsities=0.5");
    arguments.add("--sanity=invert");
    assertThat(compare()).as(err.toString()).isZero();
    assertThat(Files.readString(root.resolve("report.html")))
        .contains("As a check, what a criterion prunes first was kept.")
        .contains("the mean over 2 seeds, and the standard deviation over them.")
        .contains("<dt>random</dt><dd>a number drawn at random</dd>")
        .contains("weakened a little (Lee, Ajanthan and Torr, ICLR 2019)</dd>")
        .doesNotContain("<th scope=\"row\">seed</th>");
  }

  @Test
  void mistakesAreOneSentence() {
    assertThat(mistake("compare", "--seeds=0")).isEqualTo("snip4j: --seeds 0: expected 1 or more");
    assertThat(mistake("compare", "--criteria=snip,luck")).contains("'luck': there is snip, ");
    assertThat(mistake("compare", "--sparsities=0.5,1"))
        .isEqualTo("snip4j: sparsity 1.0: expected 0 to below 1");
  }
}
