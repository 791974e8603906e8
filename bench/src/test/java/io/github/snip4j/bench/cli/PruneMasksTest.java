package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Sparsifier;
import io.github.snip4j.snip.criterion.Magnitude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command does with the masks of a file that it prunes. */
class PruneMasksTest extends CommandTestBase {
  private Path weights = Path.of("");
  private Path batch = Path.of("");
  private Path written = Path.of("");

  @BeforeEach
  void write() throws IOException {
    weights = folder.resolve("pruned.npz");
    batch = folder.resolve("batch.npz");
    written = folder.resolve("masks.npz");
    Network network = LeNet300100.create(new Seed(3));
    Masks masks =
        Pruner.of(new Magnitude())
            .prune(Connections.of(network, Biases.SCORED, List.of(), new Seed(0)), 0.9);
    NetworkFile.save(weights, Sparsifier.compile(network, masks));
    new NpzWriter()
        .put("x", RandomTensors.normal(1, 20, 784))
        .put("labels", new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
        .write(batch);
  }

  private String[] prune(String... more) {
    return Stream.concat(
            Stream.of("prune", "--weights=" + weights, "--batch=" + batch, "--out=" + written),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /** How many kept connections the first masks had pruned. */
  private int cameBack() throws IOException {
    Npz before = Npz.read(weights);
    Npz after = Npz.read(written);
    int back = 0;
    for (String name : after.names()) {
      if (name.startsWith(NetworkFile.MASK_PREFIX)) {
        int[] old = before.ints(name);
        int[] now = after.ints(name);
        for (int j = 0; j < now.length; j++) {
          back += now[j] == 1 && old[j] == 0 ? 1 : 0;
        }
      }
    }
    return back;
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "skeleton", "grasp", "force", "synflow --rounds=3"})
  void whatTheyPruneStaysPruned(String criterion) throws IOException {
    String[] words = ("--sparsity=0.99 --criterion=" + criterion).split(" ");
    assertThat(snip4j(prune(words))).as(err.toString()).isZero();
    assertThat(cameBack()).isZero();
    assertThat(out.toString()).contains("2,666");
  }

  @Test
  void shuffledMasksStayWithinThem() throws IOException {
    assertThat(snip4j(prune("--sparsity=0.99", "--sanity=shuffle"))).as(err.toString()).isZero();
    assertThat(cameBack()).isZero();
  }

  @Test
  void unlessTheyAreToBeIgnored() throws IOException {
    assertThat(snip4j(prune("--sparsity=0.99", "--criterion=random", "--ignore-masks"))).isZero();
    assertThat(cameBack()).isGreaterThan(2_000);
    assertThat(mistake("prune", "--ignore-masks", "--batch=" + batch, "--out=" + written))
        .isEqualTo("snip4j: --ignore-masks without --weights: drawn networks have no masks");
  }

  @Test
  void brainDamageSaysWhereItIsNotExact() throws IOException {
    new NpzWriter()
        .put("x", RandomTensors.normal(1, 2, 784))
        .put("labels", new int[2])
        .write(batch);
    String[] arguments = {"prune", "--criterion=obd", "--batch=" + batch, "--out=" + written};
    assertThat(snip4j(arguments)).as(err.toString()).isZero();
    assertThat(out.toString()).doesNotContain("Gauss-Newton");
    String[] recurrent =
        Stream.concat(Stream.of(arguments), Stream.of("--model=gru-s")).toArray(String[]::new);
    assertThat(snip4j(recurrent)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("the second derivatives are Gauss-Newton's")
        .contains("this one has ")
        .contains("tanh");
  }

  @Test
  void moreThanTheyLeaveCannotBeKept() {
    assertThat(mistake(prune("--sparsity=0.5")))
        .startsWith(
            "snip4j: sparsity 0.5 keeps 133305 of 266610 connections, but 239949 are pruned")
        .endsWith("already: expected at least 0.9");
  }
}
