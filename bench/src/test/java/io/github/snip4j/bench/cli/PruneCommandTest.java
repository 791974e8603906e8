package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.model.LeNet300100;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Scores and masks without training, of one's own weights and batches too. */
class PruneCommandTest extends CommandTestBase {
  @Test
  void pruneScoresANetworkAndABatchFromElsewhere() throws IOException {
    Network network = LeNet300100.create(new Seed(5));
    NetworkFile.save(folder.resolve("w.npz"), network);
    int[] labels = new int[30];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 10;
    }
    new NpzWriter()
        .put("x", RandomTensors.normal(6, 30, 1, 28, 28))
        .put("labels", labels)
        .write(folder.resolve("b.npz"));
    Path file = folder.resolve("masks.npz");
    assertThat(
            snip4j(
                "prune",
                "--sparsity=0.9",
                "--weights=" + folder.resolve("w.npz"),
                "--batch=" + folder.resolve("b.npz"),
                "--out=" + file))
        .as(err.toString())
        .isZero();
    Npz npz = Npz.read(file);
    assertThat(npz.names()).hasSize(18);
    double total = 0;
    int kept = 0;
    for (Parameter p : network.parameters()) {
      assertThat(npz.shape("sensitivity." + p.name())).isEqualTo(p.shape());
      for (float s : npz.floats("score." + p.name()).toArray()) {
        total += s;
      }
      for (int c : npz.ints("mask." + p.name())) {
        kept += c;
      }
    }
    assertThat(total).isBetween(0.9999, 1.0001);
    assertThat(kept).isEqualTo(26_661);
  }

  @Test
  void pruneDrawsWhatRunDraws() throws IOException {
    String data = "--data-dir=" + SmallMnist.write(folder.resolve("data"));
    String scored = "--sensitivity-batch=20";
    assertThat(snip4j("prune", data, scored, "--out=" + folder.resolve("p.npz"))).isZero();
    assertThat(
            snip4j(
                "run",
                data,
                scored,
                "--batch=20",
                "--iterations=1",
                "--out=" + folder.resolve("r")))
        .isZero();
    Npz pruned = Npz.read(folder.resolve("p.npz"));
    Npz run = Npz.read(folder.resolve("r/network.npz"));
    for (String name : pruned.names()) {
      if (name.startsWith(NetworkFile.MASK_PREFIX)) {
        assertThat(pruned.ints(name)).isEqualTo(run.ints(name));
      }
    }
  }

  @Test
  void connectionsKeptByIndexAloneAreTold() throws IOException {
    Path b = folder.resolve("b.npz");
    Tensor x = Tensor.zeros(Shape.of(2, 784));
    x.set(1, 0, 400);
    x.set(-1, 1, 401);
    new NpzWriter().put("x", x).put("labels", new int[] {3, 4}).write(b);
    Path file = folder.resolve("o.npz");
    assertThat(snip4j("prune", "--sparsity=0.5", "--batch=" + b, "--out=" + file)).isZero();
    assertThat(out.toString()).contains("of those kept have score 0, which says nothing");
    new NpzWriter()
        .put("x", Tensor.zeros(Shape.of(2, 784)))
        .put("labels", new int[] {3, 4})
        .write(b);
    assertThat(mistake("prune", "--batch=" + b, "--out=" + file))
        .startsWith("snip4j: all 266610 scores are 0: nothing tells the connections apart");
  }
}
