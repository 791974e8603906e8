package io.github.snip4j.snip.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Softplus;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.SmallNetworks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the paper proves of synaptic flow, and that floats are enough for it. */
class SynapticFlowTest {
  private static Connections of(Network network) {
    return Connections.of(network, Biases.EXCLUDED, List.of(), new Seed(0));
  }

  private static double sum(Scores scores, String name) {
    double sum = 0;
    for (float s : scores.of(name).toArray()) {
      sum += s;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lenet-300-100", "lenet-5-caffe", "alexnet-s", "vgg-like-quarter", "linear"})
  void theSumOfScoresIsTheSameInEveryLayer(String model) {
    Network network =
        Objects.requireNonNull(Models.named(model)).create(VarianceScaling.lecun(), new Seed(1));
    Scores scores = new SynapticFlow().score(of(network));
    double share = 1.0 / scores.names().size();
    for (String name : scores.names()) {
      assertThat(sum(scores, name)).as(name).isCloseTo(share, within(1e-4 * share));
    }
  }

  @Test
  void whatARoundLeavesConservesTheFlowToo() {
    Network network = SmallNetworks.connected(30, 20, 20, 20, 4);
    Masks masks = Pruner.of(new SynapticFlow()).in(30).prune(of(network), 0.8);
    Scores scores = new SynapticFlow().score(of(network).at(masks));
    double first = 0;
    for (String name : scores.names()) {
      float[] s = scores.of(name).toArray(); // of pruned ones too: what their return would add
      double sum = 0;
      for (int j : masks.of(name).keptPositions()) {
        sum += s[j];
      }
      first = name.equals("fc1.weight") ? sum : first;
      assertThat(sum).as(name).isCloseTo(first, within(1e-5));
    }
  }

  /** The body of a residual block is not all of the flow, so its layers share what it carries. */
  @Test
  void aroundAResidualBlockFlowIsConservedAndWithinItsBodyToo() {
    Scores scores = new SynapticFlow().score(of(SmallNetworks.residual()));
    double whole = sum(scores, "fc.weight");
    assertThat(sum(scores, "conv1.weight")).isCloseTo(whole, within(1e-4 * whole));
    double body = sum(scores, "conv2.weight");
    assertThat(sum(scores, "conv3.weight")).isCloseTo(body, within(1e-4 * body));
    assertThat(body).isLessThan(0.99 * whole);
  }

  @Test
  void scoresAreThePathsThroughAConnection() {
    Network network = SmallNetworks.connected(6, 5, 3);
    Scores scores = new SynapticFlow().score(of(network));
    Tensor w1 = network.parameter("fc1.weight").value();
    Tensor w2 = network.parameter("fc2.weight").value();
    double[] out = new double[5];
    double all = 0;
    for (int h = 0; h < 5; h++) {
      double in = 0;
      for (int i = 0; i < 6; i++) {
        in += Math.abs(w1.get(h, i));
      }
      for (int k = 0; k < 3; k++) {
        out[h] += Math.abs(w2.get(k, h));
      }
      all += in * out[h];
    }
    for (int h = 0; h < 5; h++) {
      for (int i = 0; i < 6; i++) {
        double paths = Math.abs(w1.get(h, i)) * out[h] / (2 * all);
        assertThat(scores.of("fc1.weight").get(h, i)).isCloseTo((float) paths, within(1e-6f));
      }
    }
  }

  /** The flow through 120 layers of 100 units is about 8 to the 120th, far beyond a float. */
  @Test
  void aDeepNetworkDoesNotOverflowAndKeepsEveryLayer() {
    int[] widths = new int[121];
    Arrays.fill(widths, 100);
    Network network = SmallNetworks.connected(widths);
    Scores scores = new SynapticFlow().score(of(network));
    assertThat(scores.zeros()).isZero();
    for (String name : List.of("fc1.weight", "fc60.weight", "fc120.weight")) {
      assertThat(sum(scores, name)).isCloseTo(1 / 120.0, within(1e-5));
    }
    List<String> empty = new ArrayList<>();
    Masks masks = Pruner.of(new SynapticFlow()).in(10).prune(of(network), 0.99);
    masks
        .byName()
        .forEach((name, mask) -> empty.addAll(mask.kept() == 0 ? List.of(name) : List.of()));
    assertThat(empty).isEmpty();
  }

  @Test
  void aNetworkWithoutAPathIsToldSo() {
    Network network = SmallNetworks.connected(4, 3, 2);
    Arrays.fill(network.parameter("fc2.weight").value().data(), 0f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pruner.of(new SynapticFlow()).prune(of(network), 0.5))
        .withMessageContaining("scores are 0");
  }

  private static Network deep(int layers, int width, float scale, Layer activation) {
    List<Layer> all = new ArrayList<>();
    for (int l = 1; l <= layers; l++) {
      Linear linear = new Linear("fc" + l, width, width, VarianceScaling.lecun(), new Seed(l));
      Tensor w = linear.parameters().get(0).value();
      for (int j = 0; j < w.size(); j++) {
        w.put(j, scale * w.at(j));
      }
      Tensor b = linear.parameters().get(1).value();
      for (int j = 0; j < width; j++) {
        b.put(j, 0.5f);
      }
      all.add(linear);
      if (l < layers) {
        all.add(activation);
      }
    }
    return new Network("deep", Shape.of(width), width, new Sequential(all));
  }

  /** The flow is about 10 to the 70th: right in double precision, far beyond a float. */
  @Test
  void aDeepNetworkWithBiasesAndSoftplusIsAsInDoublePrecision() {
    int layers = 100;
    int width = 40;
    Network network = deep(layers, width, 1, new Softplus());
    double[][] x = new double[layers + 1][]; // what enters each layer
    double[][] z = new double[layers + 1][];
    x[0] = new double[width];
    Arrays.fill(x[0], 1);
    for (int l = 0; l < layers; l++) {
      Tensor w = network.parameter("fc" + (l + 1) + ".weight").value();
      z[l] = new double[width];
      x[l + 1] = new double[width];
      for (int i = 0; i < width; i++) {
        z[l][i] = 0.5;
        for (int j = 0; j < width; j++) {
          z[l][i] += Math.abs(w.get(i, j)) * x[l][j];
        }
        x[l + 1][i] = z[l][i] + Math.log1p(Math.exp(-z[l][i]));
      }
    }
    assertThat(x[layers][0]).isGreaterThan(1e39).isFinite();
    double[] dz = new double[width];
    Arrays.fill(dz, 1);
    double total = 0;
    double[] sums = new double[layers];
    for (int l = layers - 1; l >= 0; l--) {
      Tensor w = network.parameter("fc" + (l + 1) + ".weight").value();
      double[] dx = new double[width];
      for (int i = 0; i < width; i++) {
        total += 0.5 * dz[i];
        for (int j = 0; j < width; j++) {
          sums[l] += Math.abs(w.get(i, j)) * x[l][j] * dz[i];
          dx[j] += Math.abs(w.get(i, j)) * dz[i];
        }
      }
      total += sums[l];
      for (int j = 0; l > 0 && j < width; j++) {
        dz[j] = dx[j] / (1 + Math.exp(-z[l - 1][j]));
      }
    }
    Scores scores =
        new SynapticFlow().score(Connections.of(network, Biases.SCORED, List.of(), new Seed(0)));
    for (int l = 0; l < layers; l++) {
      double share = sums[l] / total;
      assertThat(sum(scores, "fc" + (l + 1) + ".weight")).isCloseTo(share, within(2e-6 * share));
    }
  }

  /** The flow is about 10 to the -70th, where tanh is x and sigmoid a constant and a slope. */
  @Test
  void aFlowThatFadesBelowFloatsIsConservedToo() {
    Network network = deep(60, 20, 0.02f, new Tanh());
    for (Parameter p : network.parameters()) {
      if (p.role() == Parameter.Role.BIAS) {
        Arrays.fill(p.value().data(), 0f);
      }
    }
    Scores scores = new SynapticFlow().score(of(network));
    for (int l = 2; l <= 60; l++) { // tanh of the first is a little less than its input
      assertThat(sum(scores, "fc" + l + ".weight")).isCloseTo(1 / 60.0, within(1e-3 / 60));
    }
  }

  @Test
  void anOperationThatIsNotFiniteThereIsNamed() {
    Network network = deep(60, 40, 1, (x, pass) -> Elementwise.exp(x));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SynapticFlow().score(of(network)))
        .withMessageStartingWith("SynFlow: ")
        .withMessageContaining("'exp'");
  }
}
