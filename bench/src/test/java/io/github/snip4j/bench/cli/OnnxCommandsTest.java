package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
