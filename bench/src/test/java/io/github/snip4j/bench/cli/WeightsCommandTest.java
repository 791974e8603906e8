package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.io.Safetensors;
import io.github.snip4j.nn.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Weights and masks of one's own, in and out. */
class WeightsCommandTest extends CommandTestBase {
  private static final String MODEL = "--model=mlp:784-12-10";

  private Path data() throws IOException {
    Path data = folder.resolve("data");
    return Files.exists(data) ? data : SmallMnist.write(data);
  }

  private static Network network() {
    return Objects.requireNonNull(Models.named("mlp:784-12-10"))
        .create(VarianceScaling.lecun(), new Seed(77));
  }

  private Path weights() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, network().state());
    return file;
  }

  private Path pruned(String name, String... more) throws IOException {
    Path out = folder.resolve(name);
    String[] words = {
      "prune",
      MODEL,
      "--weights=" + weights(),
      "--data-dir=" + data(),
      "--sensitivity-batch=20",
      "--sparsity=0.9",
      "--out=" + out
    };
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    assertThat(snip4j(all)).as(err.toString()).isZero();
    return out;
  }

  private Path run(String name, String... more) throws IOException {
    Path out = folder.resolve(name);
    String[] words = {
      "run",
      MODEL,
      "--data-dir=" + data(),
      "--iterations=5",
      "--batch=20",
      "--sensitivity-batch=20",
      "--lr=0.001",
      "--weight-decay=0",
      "--out=" + out
    };
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    assertThat(snip4j(all)).as(err.toString()).isZero();
    return out;
  }

  @Test
  void whatWasPrunedIsTrainedFromTheSameWeightsUnderTheSameMask() throws IOException {
    Path masks = pruned("masks.npz");
    int[] mask = Npz.read(masks).ints("mask.fc1.weight");
    int kept = Arrays.stream(mask).sum();
    Path[] runs = {
      run("a", "--weights=" + weights(), "--masks=" + masks),
      run("b", "--weights=" + pruned("w.safetensors")),
      run("c", "--weights=" + pruned("orig.npz", "--names=orig"))
    };
    Tensor before = network().parameter("fc1.weight").value();
    Tensor first =
        NetworkFile.read(runs[0].resolve("network.npz")).network().parameter("fc1.weight").dense();
    for (Path run : runs) {
      RunResult result = RunResult.read(run.resolve("result.json"));
      assertThat(Files.readString(run.resolve("report.html")))
          .contains("955 were kept, as the masks say that were given.");
      assertThat(result.kappa()).isEqualTo(955); // a tenth of 9,550
      Tensor trained =
          NetworkFile.read(run.resolve("network.npz")).network().parameter("fc1.weight").dense();
      assertThat(trained.toArray()).isEqualTo(first.toArray());
      int there = 0;
      for (int i = 0; i < mask.length; i++) {
        there += trained.at(i) != 0 ? 1 : 0;
        assertThat(trained.at(i) - (mask[i] == 0 ? 0 : before.at(i))).isBetween(-0.1f, 0.1f);
        assertThat(mask[i] == 0 && trained.at(i) != 0).isFalse();
      }
      assertThat(there).isEqualTo(kept);
    }
    assertThat(mistake("run", MODEL, "--weights=" + weights(), "--init=he", "--data-dir=" + data()))
        .contains("--init: the weights of this network are not drawn");
    assertThat(
            mistake(
                "prune",
                MODEL,
                "--weights=" + weights(),
                "--scoring-init=he",
                "--out=" + folder.resolve("no.npz")))
        .contains("--scoring-init: the weights of");
    assertThat(mistake("run", MODEL, "--weights=" + weights(), "--redraw", "--data-dir=" + data()))
        .contains("--redraw: the weights of this network are read");
    assertThat(mistake("run", MODEL, "--masks=" + masks, "--with-dense", "--data-dir=" + data()))
        .contains("--with-dense: the network is pruned from the beginning");
    assertThat(mistake("run", MODEL, "--masks=" + weights(), "--data-dir=" + data()))
        .contains("weights.safetensors: holds no masks: expected mask.NAME or NAME_mask");
  }

  @Test
  void whatWeightsAndMasksPruneStaysPruned() throws IOException {
    Path weights = pruned("pruned.safetensors");
    Map<String, Tensor> file = new LinkedHashMap<>();
    Tensor odd = Tensor.zeros(Shape.of(12, 784));
    for (int i = 1; i < odd.size(); i += 2) {
      odd.put(i, 1);
    }
    file.put("fc1.weight_mask", odd);
    Path masks = folder.resolve("odd.safetensors");
    Safetensors.write(masks, file);
    Path run = run("both", "--weights=" + weights, "--masks=" + masks);
    Tensor own = Objects.requireNonNull(Safetensors.read(weights).get("fc1.weight_mask"));
    Mask kept =
        Objects.requireNonNull(
            NetworkFile.read(run.resolve("network.npz")).network().masks().get("fc1.weight"));
    for (int i = 0; i < odd.size(); i++) {
      assertThat(kept.keeps(i)).isEqualTo(i % 2 == 1 && own.at(i) != 0);
    }
  }

  @Test
  void compressedRowsAreThoseOfTheMaskedWeights() throws IOException {
    Npz rows = Npz.read(pruned("csr.npz", "--names=csr"));
    Npz masks = Npz.read(pruned("masks.npz"));
    int[] mask = masks.ints("mask.fc1.weight");
    int[] offsets = rows.ints("fc1.weight.crow_indices");
    int[] columns = rows.ints("fc1.weight.col_indices");
    Tensor values = rows.floats("fc1.weight.values");
    Map<Integer, Float> found = new HashMap<>();
    for (int row = 0; row < 12; row++) {
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        found.put(row * 784 + columns[i], values.at(i));
      }
    }
    Map<Integer, Float> expected = new HashMap<>();
    Tensor weight = network().parameter("fc1.weight").value();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        expected.put(i, weight.at(i));
      }
    }
    assertThat(found).isEqualTo(expected);
    assertThat(rows.names()).contains("fc1.bias").doesNotContain("fc1.bias.values");
    String out = "--out=" + folder.resolve("x.safetensors");
    assertThat(mistake("prune", MODEL, "--names=csr", out, "--data-dir=" + data()))
        .contains("--names csr:", "cannot hold that: expected a name that ends with .npz");
    for (String other : List.of("x.pt", "x.onnx", "x")) { // which would not be what they are called
      String word = "--out=" + folder.resolve(other);
      assertThat(mistake("prune", MODEL, word, "--data-dir=" + data()))
          .endsWith(other + ": expected a name that ends with .npz or .safetensors");
      assertThat(Files.exists(folder.resolve(other))).isFalse();
    }
  }

  @Test
  void namesThatDoNotFitAreShownWithTheNearest() throws IOException {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    network().state().forEach((name, value) -> renamed.put(name.replace("fc1", "fc_1"), value));
    Path file = folder.resolve("renamed.safetensors");
    Safetensors.write(file, renamed);
    assertThat(mistake("run", MODEL, "--weights=" + file, "--data-dir=" + data()))
        .contains("missing: fc1.bias, fc1.weight", "nearest to 'fc1.bias' is 'fc_1.bias'");
  }

  @Test
  void aRunIsGoneOnWithOnlyWithTheWeightsThatItWasBegunWith() throws IOException {
    Path weights = weights();
    Path stopped = folder.resolve("stopped");
    String[] words = {
      "run",
      MODEL,
      "--weights=" + weights,
      "--data-dir=" + data(),
      "--batch=20",
      "--sensitivity-batch=20",
      "--iterations=2000",
      "--checkpoint-every=1",
      "--lr=1e5",
      "--sparsity=0.5",
      "--out=" + stopped
    };
    assertThat(snip4j(words)).as(err.toString()).isEqualTo(1); // diverges after a checkpoint
    assertThat(stopped.resolve("checkpoint.npz")).exists();
    Safetensors.write(
        weights,
        Objects.requireNonNull(Models.named("mlp:784-12-10"))
            .create(VarianceScaling.lecun(), new Seed(78))
            .state());
    assertThat(mistake("run", "--resume=" + stopped))
        .contains("was begun with other weights or masks than those that are in their files now");
  }
}
