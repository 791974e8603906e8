package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.cli.option.SameOptions;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.io.LockFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The cells of a comparison: side by side, in parts, one by one by hand. */
class SweepTest extends CommandTestBase {
  private static final List<String> CELLS =
      List.of("snip-0.5-1", "snip-0.5-3", "snip-0.9-1", "snip-0.9-3");
  private List<String> options = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    Path data = SmallMnist.write(folder.resolve("data of mine"));
    options =
        new ArrayList<>(
            List.of(
                "--criteria=snip",
                "--sparsities=0.5,0.9",
                "--seeds=1,3-3",
                "--iterations=20",
                "--checkpoint-every=5",
                "--model=linear",
                "--data-dir=" + data));
    options.addAll(SmallMnist.OPTIONS);
  }

  private Path sweep(String name, String... more) {
    Path root = folder.resolve(name);
    int code = snip4j(words(root, more));
    assertThat(code).as(err.toString()).isZero();
    return root;
  }

  private String[] words(Path root, String... more) {
    List<String> words = new ArrayList<>(List.of("compare"));
    words.addAll(options);
    words.add("--out=" + root);
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static void assertSameNetworks(Path root, Path expected) {
    for (String cell : CELLS) {
      assertThat(root.resolve(cell).resolve("network.npz"))
          .hasSameBinaryContentAs(expected.resolve(cell).resolve("network.npz"));
    }
  }

  @Test
  void cellsSideBySideGiveTheSameBytes() throws IOException {
    options.remove("--model=linear"); // several layers, sparse kernels
    Path one = sweep("one");
    Path three = sweep("three", "--jobs=3");
    assertThat(err.toString()).contains("2 of 4, snip at 0.5, seed 3: begins");
    assertSameNetworks(three, one);
    assertThat(three.resolve("compare.csv")).hasSameTextualContentAs(one.resolve("compare.csv"));
    assertThat(three.resolve("compare.json")).hasSameTextualContentAs(one.resolve("compare.json"));
    int share = Math.max(1, Parallel.threads() / 3);
    assertThat(RunResult.read(three.resolve("snip-0.5-1/result.json")).machine().threads())
        .isEqualTo(share);
  }

  @Test
  void partsMakeTheWhole() throws IOException {
    Path whole = sweep("whole");
    Path parts = sweep("parts", "--cells=2/3");
    assertThat(parts.resolve("snip-0.5-3/network.npz")).exists();
    assertThat(parts.resolve("snip-0.5-1")).doesNotExist();
    assertThat(parts.resolve("compare.json")).doesNotExist();
    assertThat(out.toString())
        .contains("1 of 1  snip at 0.5, seed 3: test error")
        .contains("1 of 4 cells are this part; 'compare' without --cells writes the table of all");
    sweep("parts", "--cells=1/3");
    sweep("parts", "--cells=3/3");
    out.getBuffer().setLength(0);
    sweep("parts");
    assertThat(out.toString().lines().filter(line -> line.endsWith(", was finished"))).hasSize(4);
    assertSameNetworks(parts, whole);
    assertThat(parts.resolve("compare.csv")).hasSameTextualContentAs(whole.resolve("compare.csv"));
  }

  @Test
  void aListedLineRunsItsCellAndAComparisonCollectsIt() throws Exception {
    Path whole = sweep("whole");
    out.getBuffer().setLength(0);
    Path byHand = sweep("by hand", "--list", "--jobs=2");
    assertThat(byHand).doesNotExist();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1))
        .startsWith("./snip4j run --criterion=snip --sparsity=0.5 --seed=3 --iterations=20")
        .contains(" '--data-dir=" + folder.resolve("data of mine") + "' ")
        .endsWith(" '--out=" + byHand.resolve("snip-0.5-3") + "'");
    for (String line : lines) {
      assertThat(snip4j(split(line))).as(err.toString()).isZero();
    }
    out.getBuffer().setLength(0);
    sweep("by hand");
    assertThat(out.toString().lines().filter(line -> line.endsWith(", was finished"))).hasSize(4);
    assertSameNetworks(byHand, whole);
  }

  @Test
  void whatIsHandedOnToRunIsAnOptionOfRun() {
    CommandLine root = Snip4j.commandLine(new Snip4j());
    CommandSpec run = Objects.requireNonNull(root.getSubcommands().get("run")).getCommandSpec();
    CommandLine compare = Objects.requireNonNull(root.getSubcommands().get("compare"));
    ParseResult parsed = Objects.requireNonNull(root.parseArgs("compare").subcommand());
    List<String> unknown =
        compare.getCommandSpec().options().stream()
            .filter(option -> !SameOptions.isOwn(parsed, option))
            .map(OptionSpec::longestName)
            .filter(name -> !run.optionsMap().containsKey(name))
            .toList();
    assertThat(unknown)
        .containsExactlyInAnyOrder("--jobs", "--cells", "--list"); // of the sweep, as is --on
  }

  /** The words after the command's name, as a shell finds them. */
  private static String[] split(String line) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + line.substring("./snip4j ".length()))
            .start();
    List<String> words =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(shell.waitFor()).isZero();
    return words.toArray(String[]::new);
  }

  @Test
  void theTableHasALineForEachCell() throws IOException {
    Path root = sweep("table");
    List<String> lines = Files.readString(root.resolve("compare.csv")).lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0))
        .isEqualTo("criterion,sparsity,seed,folder,kappa,error,effectiveSparsity,failure");
    assertThat(lines.get(2)).startsWith("snip,0.5,3,snip-0.5-3,3925,").endsWith(",");
  }

  @Test
  void aCellThatAnotherProcessRunsIsLeftToItAndTheCommandSaysSo() throws IOException {
    Path root = Files.createDirectory(folder.resolve("shared"));
    Path own = Files.createDirectory(root.resolve("snip-0.5-1"));
    try (LockFile other = RunFolder.lock(own)) {
      assertThat(snip4j(words(root, "--cells=1/2"))).isEqualTo(1);
      assertThat(other.isThere()).isTrue();
    }
    assertThat(out.toString())
        .contains("snip at 0.5, seed 1: no result: this process is writing its results here");
    assertThat(err.toString())
        .endsWith(
            "snip4j: another process has not finished 1 of these cells yet: start again when it"
                + " ends\n");
    assertThat(root.resolve("snip-0.9-1/network.npz")).exists();
    sweep("shared", "--cells=1/2");
    assertThat(root.resolve("snip-0.5-1/network.npz")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seeds=0     | --seeds 0: expected 1 or more",
        "--seeds=-3    | --seeds -3: expected 1 or more",
        "--seeds=1,2,1 | --seeds 1,2,1: 1 is there twice",
        "--seeds=1-3,2 | --seeds 1-3,2: 2 is there twice",
        "--seeds=9-7   | --seeds 9-7: 9-7 goes backwards: expected 7-9",
        "--seeds=1,,2  | --seeds 1,,2: '' is no seed: expected how many, as in 3, or which, as in 1,4,7-12 or 4-4",
        "--seeds=many  | --seeds many: 'many' is no seed: expected how many, as in 3, or which, as in 1,4,7-12 or 4-4",
        "--seeds=1-999999999 | --seeds 1-999999999: expected at most 100000 seeds",
        "--jobs=0      | --jobs 0: expected 1 to 1024",
        "--on=local-cluster[2,1,1024] | --on local-cluster[2,1,1024]: Spark is not built in: build it with 'mvn -q -Pspark -DskipTests package' in the clone, and start ./snip4j again",
        "--cells=0/2   | --cells 0/2: expected I/N with I from 1 to N, as in 2/5, the second of five",
        "--cells=3/2   | --cells 3/2: expected I/N with I from 1 to N, as in 2/5, the second of five",
        "--cells=2     | --cells 2: expected I/N with I from 1 to N, as in 2/5, the second of five",
      })
  void mistakesAreOneSentence(String option, String sentence) {
    assertThat(mistake("compare", option)).isEqualTo("snip4j: " + sentence);
  }

  @Test
  void sparkSaysHowManyCellsRunAtATime() {
    assertThat(mistake("compare", "--on=spark://host:7077", "--jobs=2"))
        .isEqualTo(
            "snip4j: --jobs 2 does not go with --on: Spark says how many cells run at a time");
  }
}
