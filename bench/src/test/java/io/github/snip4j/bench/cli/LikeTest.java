package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that repeats another one. */
class LikeTest extends CommandTestBase {
  private Path data = Path.of("");
  private Path first = Path.of("");

  @BeforeEach
  void run() throws IOException {
    data = SmallMnist.write(folder.resolve("data"));
    first = folder.resolve("first");
    List<String> words = new ArrayList<>(List.of("run", "--data-dir=" + data));
    words.addAll(SmallMnist.OPTIONS);
    words.addAll(List.of("--seed=7", "--sparsity=0.9", "--criterion=grasp", "--iterations=12"));
    words.addAll(List.of("--optimizer=adam", "--exclude=fc3", "--sparse=off", "--out=" + first));
    assertThat(snip4j(words.toArray(String[]::new))).as(err.toString()).isZero();
  }

  @Test
  void itHasTheSameOptionsAndTheSameBytes() throws IOException {
    Path byFile = folder.resolve("by file");
    int code = snip4j("run", "--like=" + first.resolve("result.json"), "--out=" + byFile);
    assertThat(code).as(err.toString()).isZero();
    assertThat(byFile.resolve("network.npz")).hasSameBinaryContentAs(first.resolve("network.npz"));
    assertThat(out.toString()).contains("network.npz has the same bytes as that of the first run");
    Path moved = Files.move(data, folder.resolve("elsewhere"));
    Path byFolder = folder.resolve("by folder");
    code =
        snip4j("run", "--like=" + first, "--data-dir=" + moved, "--threads=1", "--out=" + byFolder);
    assertThat(code).as(err.toString()).isZero();
    assertThat(byFolder.resolve("network.npz"))
        .hasSameBinaryContentAs(first.resolve("network.npz"));
  }

  @Test
  void mistakesAreOneSentence() throws IOException {
    String like = "--like=" + first;
    assertThat(mistake("run", like, "--seed=7"))
        .isEqualTo("snip4j: --seed does not go with --like: a repeated run keeps its options");
    assertThat(mistake("run", like, "--resume=" + first))
        .isEqualTo("snip4j: --resume does not go with --like: a repeated run keeps its options");
    assertThat(mistake("run", like, "--out=" + first))
        .isEqualTo(
            "snip4j: "
                + first
                + " holds the results of an earlier run: choose another --out, or --overwrite");
    Path nothing = folder.resolve("nothing");
    assertThat(mistake("run", "--like=" + nothing))
        .isEqualTo("snip4j: --like " + nothing + ": there is no " + nothing);
    assertThat(mistake("run", "--like=" + data))
        .isEqualTo("snip4j: --like " + data + ": there is no " + data.resolve("result.json"));
    Path labels = data.resolve("t10k-labels-idx1-ubyte");
    byte[] others = Files.readAllBytes(labels);
    others[30] ^= 1;
    Files.write(labels, others);
    assertThat(mistake("run", like, "--out=" + folder.resolve("other")))
        .isEqualTo(
            "snip4j: "
                + like.replace('=', ' ')
                + ": is of other data than the mnist that is here now");
    Files.writeString(first.resolve("checkpoint.npz"), "of a run");
    assertThat(mistake("run", like))
        .isEqualTo(
            ("snip4j: --like " + first + ": the run is not finished: --resume " + first)
                + " goes on with it");
  }
}
