package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.core.io.LockFile;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pruning alone says when something is wrong, and that it leaves everything as it was. */
class PruneMistakesTest extends CommandTestBase {
  @Test
  void pruneDoesNotWriteOverItsPageOrItsInputs() throws IOException {
    for (String name : List.of("report.html", "Report.HTML")) {
      assertThat(mistake("prune", "--out=" + folder.resolve(name)))
          .endsWith(
              name
                  + ": is where the page goes, which is written beside it: expected another name, as"
                  + " masks.npz");
    }
    Path w = Files.writeString(folder.resolve("w.npz"), "mine");
    Path link = Files.createSymbolicLink(folder.resolve("link.npz"), w);
    assertThat(mistake("prune", "--weights=" + w, "--out=" + link))
        .contains(": is the file of --weights, which would be lost");
    assertThat(mistake("prune", "--batch=" + w, "--out=" + folder.resolve("./w.npz")))
        .contains(": is the file of --batch, which would be lost");
    assertThat(w).hasContent("mine");
  }

  @Test
  void twoProgramsDoNotPruneIntoOneFolder() throws IOException {
    try (LockFile other = RunFolder.lock(folder)) {
      assertThat(mistake("prune", "--out=" + folder.resolve("o.npz")))
          .isEqualTo(
              "snip4j: "
                  + folder
                  + ": this process is writing its results here: wait until it ends, or choose"
                  + " another folder");
      assertThat(other.isThere()).isTrue();
    }
  }

  @Test
  void pruneNamesWhatIsWrongWithItsFiles() throws IOException {
    Path w = folder.resolve("w.npz");
    Files.write(w, new byte[] {'P', 'K', 3, 4, 0});
    assertThat(mistake("prune", "--weights=" + w, "--out=" + folder.resolve("o.npz")))
        .startsWith("snip4j: " + w + ": at byte 5: expected the end of a zip archive");
    assertThat(folder.resolve("o.npz")).doesNotExist();
  }

  @Test
  void pruneNamesWhatIsWrongWithItsBatch() throws IOException {
    Path b = folder.resolve("b.npz");
    new NpzWriter()
        .put("x", Tensor.zeros(Shape.of(2, 784)))
        .put("labels", new int[] {3, 10})
        .write(b);
    Path existing = Files.writeString(folder.resolve("o.npz"), "mine");
    assertThat(mistake("prune", "--batch=" + b, "--out=" + existing))
        .isEqualTo("snip4j: " + b + ": label 10 of example 1: expected 0 to 9");
    assertThat(existing).hasContent("mine");
  }

  @Test
  void aBalancedBatchHoldsEachClass() {
    assertThat(
            mistake(
                "prune",
                "--sensitivity-from=balanced",
                "--sensitivity-batch=9",
                "--out=" + folder.resolve("o.npz")))
        .isEqualTo(
            "snip4j: --sensitivity-from balanced: 9 examples cannot be of each of 10 classes:"
                + " expected --sensitivity-batch 10 or more, or --sensitivity-from random");
  }

  @Test
  void channelsLastAreNotTakenForChannelsFirst() throws IOException {
    Path b = folder.resolve("nhwc.npz");
    Tensor x = Tensor.zeros(Shape.of(20, 32, 32, 3));
    new NpzWriter().put("x", x).put("labels", new int[20]).write(b);
    assertThat(
            mistake(
                "prune", "--model=wrn-10-1", "--batch=" + b, "--out=" + folder.resolve("o.npz")))
        .isEqualTo(
            "snip4j: "
                + b
                + ": batch: [20, 32, 32, 3] with 20 labels: expected [20, 3, 32, 32] or [20, 3072];"
                + " this looks like channels last, which x.transpose(0, 3, 1, 2) puts first");
  }

  @Test
  void pruneNamesABatchOfTheWrongSize() throws IOException {
    Path b = folder.resolve("b.npz");
    new NpzWriter().put("x", Tensor.zeros(Shape.of(2, 100))).put("labels", new int[2]).write(b);
    assertThat(mistake("prune", "--batch=" + b, "--out=" + folder.resolve("o.npz")))
        .isEqualTo(
            "snip4j: "
                + b
                + ": batch: [2, 100] with 2 labels: expected [2, 1, 28, 28] or [2, 784]");
  }

  @Test
  void pruneNeedsAFolderThatExists() {
    assertThat(mistake("prune", "--out=" + folder.resolve("no/where.npz")))
        .endsWith("expected a file in a folder that exists");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void missingFilesAreNamed() {
    Path w = folder.resolve("none.npz");
    assertThat(mistake("prune", "--weights=" + w, "--out=" + folder.resolve("o.npz")))
        .isEqualTo("snip4j: " + w + ": there is no such file or folder");
  }
}
