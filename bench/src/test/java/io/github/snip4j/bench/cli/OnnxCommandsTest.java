package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.io.Safetensors;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Networks and weights from files, on the command line. */
class OnnxCommandsTest extends CommandTestBase {
  private static Network small() {
    return Objects.requireNonNull(Models.named("mlp:6-5-3"))
        .create(VarianceScaling.lecun(), new Seed(4));
  }

  private Path onnx(Network network) throws IOException {
    Path file = folder.resolve("small.onnx");
    OnnxFile.write(file, network, false);
    return file;
  }

  private Path batch() throws IOException {
    Path file = folder.resolve("batch.npz");
    Tensor x = Tensor.zeros(Shape.of(4, 6));
    for (int i = 0; i < x.size(); i++) {
      x.put(i, (float) new Seed(1).normal(i));
    }
    new NpzWriter().put("x", x).put("labels", new int[] {0, 1, 2, 1}).write(file);
    return file;
  }

  @Test
  void anOnnxFileIsAModel() throws IOException {
    Path file = onnx(small());
    assertThat(snip4j("models", file.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("small: takes [6], tells 3 classes apart, m = 53");
    assertThat(
            snip4j(
                "prune",
                "--model=" + file,
                "--batch=" + batch(),
                "--sparsity=0.5",
                "--out=" + folder.resolve("masks.npz")))
        .as(err.toString())
        .isZero();
    Npz masks = Npz.read(folder.resolve("masks.npz"));
    assertThat(masks.shape("mask.fc1.weight")).isEqualTo(Shape.of(5, 6));
    assertThat(snip4j("models", folder.resolve("none.onnx").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none.onnx: there is no such file");
  }

  @Test
  void weightsOfSafetensorsArePrunedAsThoseOfNpz() throws IOException {
    Network network = small();
    Safetensors.write(folder.resolve("w.safetensors"), network.state());
    NetworkFile.save(folder.resolve("w.npz"), network);
    for (String kind : new String[] {"npz", "safetensors"}) {
      assertThat(
              snip4j(
                  "prune",
                  "--model=mlp:6-5-3",
                  "--weights=" + folder.resolve("w." + kind),
                  "--batch=" + batch(),
                  "--sparsity=0.5",
                  "--out=" + folder.resolve("of-" + kind + ".npz")))
          .as(err.toString())
          .isZero();
    }
    Npz one = Npz.read(folder.resolve("of-npz.npz"));
    Npz other = Npz.read(folder.resolve("of-safetensors.npz"));
    assertThat(one.ints("mask.fc1.weight")).isEqualTo(other.ints("mask.fc1.weight"));
  }

  @Test
  void aTrainedNetworkIsExported() throws IOException {
    Network network = small();
    Path saved = folder.resolve("network.npz");
    NetworkFile.save(saved, network);
    Path to = folder.resolve("out.onnx");
    assertThat(snip4j("export", "--network=" + saved, "--to=" + to)).as(err.toString()).isZero();
    assertThat(OnnxFile.read(to).parameter("fc1.weight").value().toArray())
        .isEqualTo(network.parameter("fc1.weight").value().toArray());
    assertThat(snip4j("export", "--network=" + saved, "--to=" + folder.resolve("out.txt")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("expected a name that ends with .onnx");
    Files.delete(saved);
    assertThat(snip4j("export", "--network=" + saved, "--to=" + to)).isEqualTo(2);
  }

  private Path points() throws IOException {
    Path file = folder.resolve("points.npz");
    Tensor x = Tensor.zeros(Shape.of(60, 6));
    int[] y = new int[60];
    for (int i = 0; i < 60; i++) {
      y[i] = i % 3;
      for (int k = 0; k < 6; k++) {
        x.set((float) (new Seed(1).normal(6L * i + k) + (k % 3 == y[i] ? 3 : 0)), i, k);
      }
    }
    new NpzWriter().put("x", x).put("y", y).write(file);
    return file;
  }

  @Test
  void anOnnxFileIsTrainedComparedEvaluatedAndGoesOut() throws IOException {
    Path file = onnx(small());
    String data = "--data=" + points();
    Path run = folder.resolve("run");
    assertThat(
            snip4j(
                "run",
                "--model=" + file,
                data,
                "--sparsity=0.5",
                "--iterations=60",
                "--with-dense",
                "--out=" + run))
        .as(err.toString())
        .isZero();
    RunResult result = RunResult.read(run.resolve("result.json"));
    assertThat(result.kappa()).isEqualTo(27);
    assertThat(result.options().model()).isEqualTo(file.toString());
    Path trained = folder.resolve("trained.onnx");
    assertThat(snip4j("export", "--network=" + run.resolve("network.npz"), "--to=" + trained))
        .as(err.toString())
        .isZero();
    String[] networks = {run.resolve("network.npz").toString(), trained.toString()};
    for (String network : networks) {
      out.getBuffer().setLength(0);
      assertThat(snip4j("evaluate", "--network=" + network, data)).as(err.toString()).isZero();
      assertThat(out.toString())
          .contains(
              String.format(
                  Locale.ROOT, "error %.2f %%", 100 * result.pruned().last().test().error()));
    }
    assertThat(
            snip4j(
                "compare",
                "--model=" + file,
                data,
                "--criteria=snip,random",
                "--sparsities=0.5",
                "--seeds=1",
                "--iterations=10",
                "--out=" + folder.resolve("compared")))
        .as(err.toString())
        .isZero();
    assertThat(folder.resolve("compared/compare.json")).exists();
    assertThat(mistake("run", "--model=" + file, "--data=mnist"))
        .contains("small takes [6] and tells 3 classes apart: mnist has [1, 28, 28]");
    assertThat(mistake("run", "--model=" + file, data, "--redraw")).contains("--redraw");
    assertThat(mistake("evaluate", "--network=" + trained, data, "--model=mlp:6-5-3"))
        .contains("says itself which network it is");
  }

  @Test
  void weightsAsPeopleHoldThemAreEvaluatedExportedAndShrunk() throws IOException {
    Path weights = folder.resolve("w.safetensors");
    Safetensors.write(weights, small().state());
    String data = "--data=" + points();
    assertThat(snip4j("evaluate", "--network=" + weights, "--model=mlp:6-5-3", data))
        .as(err.toString())
        .isZero();
    assertThat(mistake("evaluate", "--network=" + weights, data))
        .contains("w.safetensors does not say which network it is of: --model NAME does");
    Path to = folder.resolve("w.onnx");
    assertThat(snip4j("export", "--network=" + weights, "--model=mlp:6-5-3", "--to=" + to))
        .as(err.toString())
        .isZero();
    assertThat(OnnxFile.read(to).parameter("fc1.weight").value().toArray())
        .isEqualTo(small().parameter("fc1.weight").value().toArray());
    Path smaller = folder.resolve("smaller.npz");
    assertThat(
            snip4j(
                "shrink",
                "--network=" + weights,
                "--model=mlp:6-5-3",
                data,
                "--keep-units=2",
                "--sensitivity-batch=20",
                "--out=" + smaller))
        .as(err.toString())
        .isZero();
    assertThat(NetworkFile.read(smaller).network().parameter("fc1.weight").shape())
        .isEqualTo(Shape.of(2, 6));
    assertThat(mistake("shrink", "--network=" + to, data, "--keep-units=2", "--out=" + smaller))
        .contains("layers of the kind onnx are not followed");
    Path keras = Files.createFile(folder.resolve("w.keras"));
    assertThat(mistake("evaluate", "--network=" + keras, "--model=mlp:6-5-3", data))
        .contains("is a file of Keras", "numpy.savez('weights.npz', **{v.path: v.numpy()");
  }
}
