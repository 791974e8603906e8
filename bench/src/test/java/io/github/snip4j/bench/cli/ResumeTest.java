package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a run says that goes on, and what it says when it cannot. */
class ResumeTest extends CommandTestBase {
  @TempDir static Path before;
  private static Path data;
  private static Path killed;
  private Path run;

  /** Kills one run, for all tests. */
  @BeforeAll
  static void killOne() throws IOException, InterruptedException {
    data = SmallMnist.write(before.resolve("data"));
    killed = before.resolve("killed");
    List<String> arguments = new ArrayList<>(List.of("run", "--data-dir=" + data));
    arguments.addAll(SmallMnist.OPTIONS);
    arguments.addAll(List.of("--iterations=1000000", "--checkpoint-every=7", "--out=" + killed));
    Process process =
        SubProcess.start(before.resolve("log"), List.of(), arguments.toArray(String[]::new));
    for (int i = 0; i < 600 && !Files.exists(killed.resolve("checkpoint.npz")); i++) {
      Thread.sleep(50);
    }
    process.destroyForcibly().waitFor();
  }

  @BeforeEach
  void copy() throws IOException {
    run = Files.createDirectory(folder.resolve("run"));
    Files.copy(killed.resolve("checkpoint.npz"), checkpoint());
  }

  @Test
  void aFolderWithACheckpointIsNotOverwrittenUnasked() {
    assertThat(mistake("run", "--iterations=1", "--out=" + run))
        .isEqualTo(
            ("snip4j: " + run + " holds a run that is not finished: --resume " + run)
                + " goes on with it, --overwrite begins anew");
    assertThat(snip4j("run", "--iterations=1", "--overwrite", "--out=" + run)).isZero();
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
        "--criterion=force| --criterion force: the run in DIR has snip",
        "--exclude=fc1    | --exclude [fc1]: the run in DIR has []",
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
  void everyOptionEitherMayDifferOrIsCompared() {
    Set<String> known = new TreeSet<>(SameOptions.FREE);
    known.addAll(SameOptions.FIXED.keySet());
    known.addAll(List.of("--out", "--overwrite"));
    List<String> names =
        new CommandLine(new RunCommand())
            .getCommandSpec().options().stream().map(option -> option.longestName()).toList();
    known.remove("--debug"); // of every command
    assertThat(known).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void checkpointsAreNotWrittenEveryMinusOneSteps() {
    assertThat(mistake("run", "--checkpoint-every=-1", "--out=" + run))
        .isEqualTo("snip4j: --checkpoint-every -1: expected 0 or more");
  }

  @Test
  void aCheckpointThatIsCutOrDamagedIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(checkpoint());
    Files.write(checkpoint(), Arrays.copyOf(whole, whole.length / 2));
    assertThat(mistake("run", "--resume=" + run))
        .startsWith("snip4j: " + checkpoint() + ": at byte ")
        .endsWith(
            "expected 'sha256:' and a checksum at the end, found none (is the file"
                + " complete?)");
    whole[whole.length / 2] ^= 1;
    Files.write(checkpoint(), whole);
    assertThat(mistake("run", "--resume=" + run))
        .isEqualTo(
            ("snip4j: " + checkpoint())
                + ": is damaged: its checksum differs from the one at its end");
  }

  @Test
  void aCheckpointThatLacksSomethingIsNamed() throws IOException {
    rewrite("best.fc1.bias", "", "");
    assertThat(mistake("run", "--resume=" + run))
        .isEqualTo(
            ("snip4j: " + checkpoint())
                + ": does not hold a training of lenet-300-100; missing: best.fc1.bias");
  }

  @Test
  void aCheckpointOfAnotherVersionIsNamed() throws IOException {
    rewrite("", "\"sparsity\"", "\"density\"");
    assertThat(mistake("run", "--resume=" + run))
        .isEqualTo(
            ("snip4j: " + checkpoint() + ": does not describe a run as snip4j development does:")
                + " its fields are not those of RunState");
  }

  @Test
  void optionsOfACheckpointAreNotTrustedEither() throws IOException {
    rewrite("", "\"sparsity\": 0.98", "\"sparsity\": 1.98");
    assertThat(mistake("run", "--resume=" + run))
        .isEqualTo("snip4j: --sparsity 1.98: expected 0 to below 1");
    rewrite("", "\"sparsity\": 1.98", "\"sparsity\": \"much\"");
    assertThat(mistake("run", "--resume=" + run))
        .startsWith("snip4j: " + checkpoint() + ": does not describe a run as snip4j ");
    rewrite("", "\"much\"", "null");
    assertThat(mistake("run", "--resume=" + run))
        .startsWith("snip4j: " + checkpoint() + ": does not describe a run as snip4j ");
    rewrite("", "\"lenet-300-100\"", "null");
    assertThat(mistake("run", "--resume=" + run))
        .startsWith("snip4j: " + checkpoint() + ": does not describe a run as snip4j ");
    copyAgain();
    rewrite("", "momentum", "lion");
    assertThat(mistake("run", "--resume=" + run))
        .startsWith("snip4j: " + checkpoint() + ": does not describe a run as snip4j ");
  }

  @Test
  void otherDataAreNoticed() throws IOException {
    assertThat(mistake("run", "--resume=" + run, "--data-dir=" + before.resolve("none")))
        .isEqualTo("snip4j: " + before.resolve("none") + ": there is no such folder");
    Path other = SmallMnist.write(folder.resolve("other"));
    assertThat(mistake("run", "--resume=" + run, "--data-dir=" + changed(other)))
        .isEqualTo("snip4j: " + checkpoint() + ": was trained on other data than mnist here");
  }

  private void copyAgain() throws IOException {
    Files.copy(killed.resolve("checkpoint.npz"), checkpoint(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path changed(Path other) throws IOException {
    Path images = other.resolve("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    for (int i = 16; i < bytes.length; i += 784) {
      bytes[i] ^= 1;
    }
    Files.write(images, bytes);
    return other;
  }

  private void rewrite(String leftOut, String in, String replacement) throws IOException {
    Npz npz = Npz.read(checkpoint());
    NpzWriter writer = new NpzWriter();
    for (String name : npz.names()) {
      if (name.equals(leftOut)) {
        continue;
      }
      if (name.equals("about") || name.equals("numbers")) {
        writer.put(name, npz.text(name).replace(in, replacement));
      } else if (name.startsWith("mask.")) {
        int[] ints = npz.ints(name);
        boolean[] keep = new boolean[ints.length];
        for (int i = 0; i < keep.length; i++) {
          keep[i] = ints[i] == 1;
        }
        writer.put(name, npz.shape(name), keep);
      } else {
        writer.put(name, npz.floats(name));
      }
    }
    writer.writeSealed(checkpoint());
  }

  private Path checkpoint() {
    return run.resolve("checkpoint.npz");
  }
}
