package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the command does when all is well. */
class CommandTest extends CommandTestBase {
  @Test
  void modelsListsThePapersNumbers() {
    assertThat(snip4j("models")).isZero();
    assertThat(out.toString()).contains("lenet-300-100   266,610   13,331 at 95 %, 5,332 at 98 %");
  }

  @Test
  void aShortRunPrunesTrainsEvaluatesAndWrites() throws IOException {
    Path run = folder.resolve("new/run");
    assertThat(snip4j("run", "--iterations=300", "--with-dense", "--out=" + run))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("54,000 to train on, 6,000 to validate on, 10,000 to test on")
        .contains("kappa = 5,332 of m = 266,610")
        .contains("no bias is kept")
        .contains("pruned, last step", "dense, best on validation");

    JsonObject result =
        JsonParser.parseString(Files.readString(run.resolve("result.json"))).getAsJsonObject();
    assertThat(result.get("m").getAsInt()).isEqualTo(266_610);
    assertThat(result.get("kappa").getAsInt()).isEqualTo(5_332);
    assertThat(result.getAsJsonArray("layers")).hasSize(3);
    assertThat(result.getAsJsonObject("options").get("optimizer").getAsString())
        .isEqualTo("momentum");
    for (String network : new String[] {"pruned", "dense"}) {
      JsonObject last = result.getAsJsonObject(network).getAsJsonObject("last");
      assertThat(last.getAsJsonObject("test").get("error").getAsDouble()).isBetween(0.001, 0.15);
      assertThat(last.get("step").getAsInt()).isEqualTo(300);
    }

    Npz npz = Npz.read(run.resolve("network.npz"));
    int kept = 0;
    for (String name : npz.names()) {
      if (name.startsWith(NetworkFile.MASK_PREFIX)) {
        int[] mask = npz.ints(name);
        Tensor w = npz.floats(name.substring(NetworkFile.MASK_PREFIX.length()));
        for (int j = 0; j < mask.length; j++) {
          kept += mask[j];
          assertThat(mask[j] == 1 || Float.floatToRawIntBits(w.data()[j]) == 0).isTrue();
        }
      }
    }
    assertThat(kept).isEqualTo(5_332);

    assertThat(mistake("run", "--iterations=1", "--out=" + run))
        .isEqualTo(
            "snip4j: "
                + run
                + " holds the results of an earlier run: choose another --out, or --overwrite");
    assertThat(snip4j("run", "--iterations=1", "--overwrite", "--out=" + run)).isZero();
  }

  @Test
  void variantsOfThePaperAreRecorded() throws IOException {
    Path run = folder.resolve("run");
    assertThat(
            snip4j(
                "run",
                "--iterations=20",
                "--redraw",
                "--biases=excluded",
                "--optimizer=adam",
                "--sparsity=0.95",
                "--out=" + run))
        .as(err.toString())
        .isZero();
    JsonObject result =
        JsonParser.parseString(Files.readString(run.resolve("result.json"))).getAsJsonObject();
    JsonObject options = result.getAsJsonObject("options");
    assertThat(options.get("redraw").getAsBoolean()).isTrue();
    assertThat(options.get("biases").getAsString()).isEqualTo("excluded");
    assertThat(options.get("lr").getAsDouble()).isEqualTo(0.001);
    assertThat(result.get("m").getAsInt()).isEqualTo(266_200);
    assertThat(result.get("kappa").getAsInt()).isEqualTo(13_310);
    assertThat(out.toString()).contains("training starts from a second draw of the weights");
  }

  @Test
  void pruneScoresANetworkAndABatchFromElsewhere() throws IOException {
    Network network = LeNet300100.create(new Seed(5));
    NetworkFile.save(folder.resolve("w.npz"), network, Map.of());
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
      for (float s : npz.floats("score." + p.name()).data()) {
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
    assertThat(snip4j("prune", "--out=" + folder.resolve("p.npz"))).isZero();
    assertThat(snip4j("run", "--iterations=1", "--out=" + folder.resolve("r"))).isZero();
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
        .isEqualTo("snip4j: all 266610 scores are 0: nothing tells the connections apart");
  }

  @Test
  void aSmallDatasetOfOnesOwnIsEnough() throws IOException {
    Path data = SmallMnist.write(folder.resolve("data"));
    assertThat(
            snip4j(
                "run",
                "--data-dir=" + data,
                "--iterations=4",
                "--batch=20",
                "--sensitivity-batch=20",
                "--lr=0.01",
                "--out=" + folder.resolve("run")))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("45 to train on, 5 to validate on, 50 to test on");
  }
}
