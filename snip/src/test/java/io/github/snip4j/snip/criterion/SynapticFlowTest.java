package io.github.snip4j.snip.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
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
}
