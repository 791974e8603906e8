package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.onnx.OnnxFile;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks of networks from ONNX files are those that PyTorch's sensitivities give. */
class OnnxMasksTest extends CommandTestBase {
  private static final Path FILES = Path.of("../nn/src/test/resources/onnx");
  private static final double SPARSITY = 0.9;

  private static Tensor batchLast(Tensor t) {
    int n = t.shape().dim(0);
    int[] dims = t.shape().toArray();
    int[] example = Arrays.copyOfRange(dims, 1, dims.length);
    return Golden.transpose(t.reshape(Shape.of(n, t.size() / n)))
        .reshape(Shape.of(example).append(n));
  }

  /** Exporting in training mode was a step for batch norms; the results are of before. */
  private static void takeBackOneUpdate(Network network, Tensor x) {
    List<Tensor> before = new ArrayList<>();
    for (Buffer buffer : network.body().buffers()) {
      before.add(buffer.value().copy());
    }
    network.forward(Variable.constant(x), Pass.training(new Seed(0)));
    int next = 0;
    for (Buffer buffer : network.body().buffers()) {
      Tensor r = before.get(next++);
      for (int i = 0; i < r.size(); i++) {
        double batch = (buffer.value().at(i) - 0.9 * r.at(i)) / 0.1;
        buffer.value().put(i, (float) ((r.at(i) - 0.1 * batch) / 0.9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp",
        "lenet-view",
        "resnet",
        "mobilenet-v2",
        "mobilenet-v3",
        "efficientnet",
        "squeezenet",
        "densenet",
        "lstm",
        "gru",
        "lstm-2-layers-both-ways",
        "attention"
      })
  void ninetyPercentArePrunedAsBySensitivitiesOfPyTorch(String name) throws IOException {
    Npz npz = Npz.read(FILES.resolve(name + ".npz"));
    Batch batch = new Batch(batchLast(npz.floats("x")), npz.ints("labels"));
    Network network = OnnxFile.read(FILES.resolve(name + ".onnx"));
    takeBackOneUpdate(network, batch.x());
    Masks masks =
        Pruner.of(ConnectionSensitivity::score)
            .prune(Connections.of(network, Biases.SCORED, List.of(batch), new Seed(1)), SPARSITY);
    List<Float> all = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      if (parameter.role().isConnection()) {
        for (float c : npz.floats("c." + parameter.name()).toArray()) {
          all.add(Math.abs(c));
        }
      }
    }
    all.sort(Collections.reverseOrder());
    float cut = all.get(masks.kept() - 1);
    float tied = 2e-5f * all.get(0); // as near as the sensitivities are
    int looked = 0;
    for (Parameter parameter : network.parameters()) {
      if (parameter.role().isConnection()) {
        Tensor c = npz.floats("c." + parameter.name());
        for (int i = 0; i < c.size(); i++) {
          float score = Math.abs(c.at(i));
          if (Math.abs(score - cut) > tied) {
            looked++;
            assertThat(masks.of(parameter.name()).keeps(i))
                .as("%s at %s: |c| %s, cut %s", parameter, i, score, cut)
                .isEqualTo(score > cut);
          }
        }
      }
    }
    assertThat(looked).isGreaterThan(all.size() * 9 / 10);
  }
}
