package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.core.io.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run says that goes on, and what it says when it cannot. */
class ResumeTest extends KilledRunTestBase {
  private static long running;
  private static final List<String> WHILE_RUNNING = new ArrayList<>();

  /** Kills the run, and before that sees what others say while it is going on. */
  @BeforeAll
  static void killAfterOthersTried() throws InterruptedException {
    running = process.pid();
    for (List<String> words :
        List.of(
            List.of("run", "--resume=" + killed),
            List.of("run", "--overwrite", "--iterations=1", "--out=" + killed),
            List.of("prune", "--out=" + killed.resolve("masks.npz")))) {
      StringWriter message = new StringWriter();
      PrintWriter err = new PrintWriter(message, true);
      int code = Snip4j.execute(err, err, words.toArray(String[]::new));
      WHILE_RUNNING.add(code + " " + message.toString().strip());
    }
    process.destroyForcibly().waitFor();
  }

  @Test
  void aRunThatIsGoingOnIsNotDisturbedAndItsProcessIsNamed() throws IOException {
    String sentence =
        (": process " + running + " is writing its results here: wait until it ends, or choose")
            + " another folder";
    assertThat(WHILE_RUNNING.get(0)).isEqualTo("2 snip4j: " + killed + sentence);
    assertThat(WHILE_RUNNING.get(1)).isEqualTo("2 snip4j: " + killed + sentence);
    assertThat(WHILE_RUNNING.get(2)).startsWith("2 snip4j: --out ").contains("the folder of a run");
    assertThat(Files.readString(killed.resolve(RunFolder.LOCK))) // it was killed
        .startsWith(running + "\n");
  }

  /** Begins a run anew in the folder of the killed one; returns the exit code. */
  private int overwrite(String... more) {
    List<String> words = new ArrayList<>(List.of("run", "--overwrite", "--out=" + run));
    words.addAll(List.of("--batch=20", "--sensitivity-batch=20", "--data-dir=" + data));
    words.addAll(List.of(more));
    return snip4j(words.toArray(String[]::new));
  }

  @Test
  void whatARunLeftThatWasKilledKeepsNobodyOut() throws IOException {
    Files.copy(killed.resolve(RunFolder.LOCK), run.resolve(RunFolder.LOCK));
    assertThat(overwrite("--model=linear", "--iterations=1")).isZero();
    assertThat(run.resolve(RunFolder.LOCK)).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "--limit=60000, 2",
    "--exclude=none, 2",
    "--sparsity=0.9999999, 2",
    "--lr=1e30, 1",
  })
  void whatIsOverwrittenStaysUntilThereIsSomethingInItsPlace(String option, int code)
      throws IOException {
    for (String name : List.of("result.json", "report.html", "network.npz")) {
      Files.writeString(run.resolve(name), "earlier");
    }
    byte[] before = Files.readAllBytes(checkpoint());
    assertThat(overwrite("--iterations=20", option)).as(err.toString()).isEqualTo(code);
    assertThat(checkpoint()).hasBinaryContent(before);
    for (String name : List.of("result.json", "report.html", "network.npz")) {
      assertThat(run.resolve(name)).hasContent("earlier");
    }
  }

  @Test
  void aPageThatCannotBeMadeIsAWarningAndTheNumbersAreThere() throws IOException {
    Files.delete(checkpoint());
    Path inTheWay = Files.createDirectories(run.resolve("report.html/full")).getParent();
    assertThat(overwrite("--model=linear", "--iterations=1")).isZero();
    assertThat(err.toString())
        .contains("snip4j: warning: " + inTheWay + " could not be made (" + inTheWay + ": ")
        .contains("); the results are written, and nothing is missing in them");
    assertThat(RunResult.read(run.resolve("result.json")).networkSha256())
        .isEqualTo(Sha256.of(run.resolve("network.npz")));
    assertThat(checkpoint()).doesNotExist();
    assertThat(out.toString()).contains("written to " + run + ": result.json, network.npz");
  }

  @Test
  void aFolderWithACheckpointIsNotOverwrittenUnasked() {
    assertThat(mistake("run", "--iterations=1", "--out=" + run))
        .isEqualTo(
            ("snip4j: " + run + " holds a run that is not finished: --resume " + run)
                + " goes on with it, --overwrite begins anew");
    assertThat(overwrite("--model=linear", "--iterations=1")).isZero();
    assertThat(run.toFile().list())
        .containsExactlyInAnyOrder("network.npz", "report.html", "result.json");
    assertThat(mistake("run", "--resume=" + run))
        .isEqualTo("snip4j: " + run + ": the run is finished, there is nothing to resume");
  }

  @Test
  void aFolderWithoutACheckpointIsToldSo() throws IOException {
    Files.delete(checkpoint());
    assertThat(mistake("run", "--resume=" + run))
        .isEqualTo("snip4j: " + run + ": there is no checkpoint.npz to resume a run from");
    assertThat(mistake("run", "--resume=" + folder.resolve("no")))
        .isEqualTo("snip4j: --resume " + folder.resolve("no") + ": there is no such folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--iterations=500 | --iterations 500: the run in DIR has 1000000",
        "--optimizer=adam | --optimizer adam: the run in DIR has momentum",
        "--lr=0.1         | --lr 0.1: the run in DIR has 0.01",
        "--schedule=step  | --schedule step: the run in DIR has piecewise",
        "--warm-up=5      | --warm-up 5: the run in DIR has 0",
        "--redraw         | --redraw true: the run in DIR has false",
        "--init=he        | --init he: the run in DIR has lecun",
        "--scoring-init=he| --scoring-init he: the run in DIR has none",
        "--criterion=force| --criterion force: the run in DIR has snip",
        "--exclude=fc1    | --exclude fc1: the run in DIR has none",
        "--dynamic=set    | --dynamic set: the run in DIR has off",
        "--limit=30       | --limit 30: the run in DIR has none",
        "--augment=paper  | --augment paper: the run in DIR has none",
        "--seed=2         | --seed 2: the run in DIR has 1",
      })
  void optionsThatContradictTheRunAreNamed(String option, String sentence) {
    assertThat(mistake("run", "--resume=" + run, option))
        .isEqualTo(
            ("snip4j: " + sentence.replace("DIR", run.toString()))
                + ", and a resumed run keeps its options");
  }

  @ParameterizedTest
  @CsvSource({"--out=elsewhere,--out", "--overwrite,--overwrite"})
  void aResumedRunStaysInItsFolder(String option, String name) {
    assertThat(mistake("run", "--resume=" + run, option))
        .isEqualTo("snip4j: " + name + " does not go with --resume: the run stays in " + run);
  }

  @Test
  void checkpointsAreNotWrittenEveryMinusOneSteps() {
    assertThat(mistake("run", "--checkpoint-every=-1", "--out=" + run))
        .isEqualTo("snip4j: --checkpoint-every -1: expected 0 or more");
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, 39000",
    "train-labels-idx1-ubyte, 55",
    "t10k-images-idx3-ubyte, 16",
    "t10k-labels-idx1-ubyte, 57",
  })
  void oneOtherByteOfTheDataIsNoticed(String file, int at) throws IOException {
    Path other = SmallMnist.write(folder.resolve("other"));
    byte[] bytes = Files.readAllBytes(other.resolve(file));
    bytes[at] ^= 1;
    Files.write(other.resolve(file), bytes);
    assertThat(mistake("run", "--resume=" + run, "--data-dir=" + other))
        .isEqualTo(
            ("snip4j: " + checkpoint() + ": was begun with other data than the mnist that is here")
                + " now: a picture, a label or the name of a class differs");
  }

  @Test
  void dataThatAreNotThereAreNamed() {
    assertThat(mistake("run", "--resume=" + run, "--data-dir=" + before.resolve("none")))
        .isEqualTo("snip4j: " + before.resolve("none") + ": there is no such folder");
  }
}
