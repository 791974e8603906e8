package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The paper's tables and figures come out of one command, which goes on where it was. */
class ReproduceCommandTest extends CommandTestBase {
  private Path root() {
    return folder.resolve("all");
  }

  private String[] table1(String... more) {
    String[] words = {
      "reproduce",
      "table-1",
      "--budget=20",
      "--rows=300-snip,300-rounds-98",
      "--seeds=2",
      fewDigits(),
      "--out=" + root()
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @Test
  void rowsAreRunWrittenAndGoneOnWith() throws IOException {
    assertThat(snip4j(table1("--publish=" + folder.resolve("docs")))).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("6 runs to make, 6 are left")
        .contains("by a few steps of each row: about ");
    String page = Files.readString(folder.resolve("docs/table-1.md"));
    assertThat(page)
        .contains("# Table 1: pruned LeNets on MNIST")
        .contains("| LeNet-300-100, SNIP 95 % | 13,331 | 1.6 | 2.16; 2.23 (two) | ")
        .contains(
            "    ./snip4j run --model lenet-300-100 --sparsity 0.98 --iterations 20 --schedule"
                + " piecewise --seed 1\n")
        .contains("Up to 2 seeds; trained for 20 steps each; made by snip4j ")
        .doesNotContain("LeNet-5");
    assertThat(Files.readString(root().resolve("table-1.md"))).isEqualTo(page);
    assertThat(Files.readString(root().resolve("report.html")))
        .contains("<h2>Table 1: pruned LeNets on MNIST</h2>")
        .contains("./snip4j run --model lenet-300-100 --sparsity 0.98 --iterations 20 --schedule");
    Path result = root().resolve("table-1/300-snip-95-2/result.json");
    FileTime written = Files.getLastModifiedTime(result);
    out.getBuffer().setLength(0);
    assertThat(snip4j(table1("--jobs=2"))).as(err.toString()).isZero();
    assertThat(out.toString()).contains("6 runs to make, 0 are left").contains(", was finished");
    assertThat(Files.getLastModifiedTime(result)).isEqualTo(written);
    Files.delete(result);
    assertThat(snip4j(table1("--collect", "--note=Digits, made up."))).as(err.toString()).isZero();
    assertThat(result).doesNotExist();
    assertThat(Files.readString(root().resolve("table-1.md")))
        .contains(" | 1 of 2 | ", "\nDigits, made up.\n");
  }

  @Test
  void whatWasPublishedStaysWhereItIsNotRunAgain() throws IOException {
    Path docs = folder.resolve("docs");
    String publish = "--publish=" + docs;
    assertThat(snip4j(table1(publish, "--note=Digits, made up."))).as(err.toString()).isZero();
    String page = Files.readString(docs.resolve("table-1.md"));
    String[] elsewhere = {
      "reproduce",
      "table-1",
      "--budget=20",
      "--rows=300-snip-98",
      "--seeds=2-3",
      fewDigits(),
      "--out=" + folder.resolve("elsewhere"),
      publish
    };
    assertThat(snip4j(elsewhere)).as(err.toString()).isZero();
    String more = Files.readString(docs.resolve("table-1.md"));
    assertThat(lines(more, "SNIP 95 %")).isEqualTo(lines(page, "SNIP 95 %"));
    assertThat(lines(more, "in eight rounds")).isEqualTo(lines(page, "in eight rounds"));
    assertThat(lines(more, "SNIP 98 %")).singleElement(as(STRING)).contains(" | 3 | ");
    assertThat(more)
        .contains("\nDigits, made up.\n")
        .contains("--sparsity 0.98 --iterations 20 --schedule piecewise --seed 1\n");
    elsewhere[2] = "--budget=30";
    elsewhere[3] = "--rows=300-snip-95";
    assertThat(mistake(elsewhere))
        .isEqualTo(
            ("snip4j: " + docs.resolve("table-1.json"))
                + ": the published runs of row 300-snip-95 are 'run --model lenet-300-100"
                + " --sparsity 0.95 --iterations 20 --schedule piecewise --seed 1', those of this"
                + " page 'run --model lenet-300-100 --sparsity 0.95 --iterations 30 --schedule"
                + " piecewise --seed 1'. With the --budget of the published ones they fit; or"
                + " publish into another folder");
    assertThat(Files.readString(docs.resolve("table-1.md"))).isEqualTo(more);
  }

  private static List<String> lines(String page, String row) {
    return page.lines().filter(line -> line.startsWith("| ") && line.contains(row)).toList();
  }

  @Test
  void whatWouldBeDoneIsListedAsCommands() {
    assertThat(snip4j(table1("--list"))).isZero();
    assertThat(out.toString().lines())
        .hasSize(6)
        .contains(
            "./snip4j run --model lenet-300-100 --sparsity 0.95 --iterations 20 --schedule"
                + " piecewise --seed 2 --data-dir "
                + folder.resolve("digits")
                + " --out "
                + root().resolve("table-1/300-snip-95-2"));
    assertThat(root()).doesNotExist();
  }

  @Test
  void howLongItTakesCanBeAskedAlone() {
    assertThat(snip4j(table1("--estimate"))).isZero();
    assertThat(out.toString()).contains("about ");
    assertThat(root()).doesNotExist();
  }

  /** Thresholds for a trained network leave nothing of a drawn one, on which time is measured. */
  @Test
  void theTimeOfAMethodIsMeasuredOnADrawnNetwork() {
    for (String budget : new String[] {"quick", "paper"}) {
      String length = "--budget=" + budget;
      assertThat(snip4j("reproduce", "table-1", "--rows=300-dns", length, "--estimate"))
          .as(err.toString())
          .isZero();
    }
    assertThat(out.toString()).contains("by a few steps of each row: about ");
  }

  @Test
  void masksArePicturesAndWhatIsNotHereIsSaid() throws IOException {
    assertThat(snip4j("reproduce", "figure-2", "--data-dir=" + folder, "--out=" + root()))
        .as(err.toString())
        .isEqualTo(2); // there is no MNIST in that folder
    assertThat(snip4j("reproduce", "figure-2", "--out=" + root())).as(err.toString()).isZero();
    assertThat(Files.readAllBytes(root().resolve("figure-2-mnist.png"))).startsWith(0x89, 'P');
    assertThat(Files.readString(root().resolve("figure-2.md")))
        .contains("](figure-2-mnist.png)")
        .contains("A column for each class, 0 to 9");
  }

  @Test
  void mistakesAreSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(mistake("reproduce", "figure-2", "--publish=" + file, "--out=" + root()))
        .isEqualTo("snip4j: --publish " + file + ": expected a folder, not a file");
    assertThat(mistake("reproduce", "figure-2", "--out=" + file))
        .isEqualTo("snip4j: --out " + file + ": expected a folder, not a file");
    assertThat(root()).doesNotExist();
    assertThat(mistake("reproduce", "table-4"))
        .isEqualTo(
            "snip4j: table-4: cannot be reproduced: expected table-1, table-2, table-3, figure-1,"
                + " figure-2, figure-3, figure-4, inverted, tiny-imagenet, sanity, hypotheses or all");
    assertThat(mistake("reproduce", "table-1", "--budget=long"))
        .startsWith("snip4j: --budget long: expected quick, paper or a number of steps, and ");
    for (String wrong :
        new String[] {"0", "20,", "20,mnist", "20,=4", "20,mnist=0", "20,a=1,a=2"}) {
      assertThat(mistake("reproduce", "table-1", "--budget=" + wrong))
          .startsWith("snip4j: --budget " + wrong + ": expected quick, paper or a number of steps");
    }
    assertThat(mistake("reproduce", "table-3", "--budget=20,cifar=5", "--out=" + root()))
        .isEqualTo(
            "snip4j: --budget cifar=5: no row is trained on that dataset: expected one of mnist");
    assertThat(mistake("reproduce", "table-1", "--budget=20", "--out=" + root()))
        .isEqualTo(
            "snip4j: row 300-set-95 with --budget 20: --update-every 100: no connection would move:"
                + " expected less than 15 steps, after which they stay");
    assertThat(mistake("reproduce", "table-3", "--rows=vgg"))
        .startsWith("snip4j: --rows vgg: no row's name begins so: expected one of lenet-300-100-");
    assertThat(mistake("reproduce", "tiny-imagenet", "--data-dir=" + folder))
        .isEqualTo(
            "snip4j: tiny-imagenet: there is no tiny-imagenet here: 'snip4j datasets fetch"
                + " tiny-imagenet' gets it, and --data-dir says where it is");
  }
}
