package io.github.snip4j.snip.criterion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Gelu;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Sigmoid;
import io.github.snip4j.nn.layer.Softplus;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scope;
import io.github.snip4j.snip.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Synaptic flow against PyTorch in double precision where layers are not homogeneous: biases, batch
 * norms with statistics, smooth activations. {@code synflow/make_synflow.py} made the values.
 */
class GoldenSynapticFlowTest {
  private static final Seed SEED = new Seed(1);

  @TempDir Path folder;

  private Npz golden(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/synflow/" + name + ".npz")) {
      Path copy = folder.resolve(name + ".npz");
      Files.copy(Objects.requireNonNull(in, name), copy, StandardCopyOption.REPLACE_EXISTING);
      return Npz.read(copy);
    }
  }

  private static Network network(String name) {
    if (name.equals("wrn-10-1")) {
      return Objects.requireNonNull(Models.named(name)).create(VarianceScaling.lecun(), SEED);
    }
    Layer activation =
        switch (name.substring(0, name.indexOf('-'))) {
          case "gelu" -> new Gelu();
          case "softplus" -> new Softplus();
          case "tanh" -> new Tanh();
          case "sigmoid" -> new Sigmoid();
          case "silu" -> (x, pass) -> Arithmetic.multiply(x, Elementwise.sigmoid(x));
          default -> new Relu();
        };
    return new Network(
        name,
        Shape.of(20),
        5,
        new Sequential(
            new Linear("l1", 20, 30, VarianceScaling.lecun(), SEED),
            activation,
            new Linear("l2", 30, 30, VarianceScaling.lecun(), SEED),
            activation,
            new Linear("l3", 30, 5, VarianceScaling.lecun(), SEED)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wrn-10-1",
        "biases-20-30-30-5",
        "gelu-20-30-30-5",
        "softplus-20-30-30-5",
        "tanh-20-30-30-5",
        "sigmoid-20-30-30-5",
        "silu-20-30-30-5"
      })
  void scoresAndMasksAreThoseOfDoublePrecision(String name) throws IOException {
    Npz golden = golden(name);
    Network network = network(name);
    for (Map.Entry<String, Tensor> entry : network.state().entrySet()) {
      if (golden.names().contains("w." + entry.getKey())) {
        entry.getValue().copyFrom(golden.floats("w." + entry.getKey()));
      }
    }
    Scope scored = (Parameter p) -> golden.names().contains("s1." + p.name());
    Connections connections = Connections.of(network, scored, List.of(), SEED);

    Scores scores = new SynapticFlow().score(connections);
    double largest = 0;
    double error = 0;
    for (String parameter : scores.names()) {
      Tensor expected = golden.floats("s1." + parameter);
      Tensor actual = scores.of(parameter);
      for (int j = 0; j < expected.size(); j++) {
        largest = Math.max(largest, expected.at(j));
        error = Math.max(error, Math.abs(expected.at(j) - actual.at(j)));
      }
    }
    assertThat(error / largest).isLessThan(1e-6);

    for (int rounds : new int[] {1, 100}) {
      Masks masks = Pruner.of(new SynapticFlow()).in(rounds).prune(connections, 0.95);
      for (String parameter : scores.names()) {
        int[] kept = golden.ints("m" + rounds + "." + parameter);
        boolean[] expected = new boolean[kept.length];
        for (int j = 0; j < kept.length; j++) {
          expected[j] = kept[j] == 1;
        }
        assertThat(masks.of(parameter).toArray())
            .as("%s after %d rounds", parameter, rounds)
            .isEqualTo(expected);
      }
    }
  }
}
