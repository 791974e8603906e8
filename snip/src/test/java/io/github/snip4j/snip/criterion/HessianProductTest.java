package io.github.snip4j.snip.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.HardSwish;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu6;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.SmallNetworks;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Products with the Hessian against double precision, and of activations with kinks inside. */
class HessianProductTest {
  private static Map<String, Tensor> direction(Network network, long seed) {
    Map<String, Tensor> v = new LinkedHashMap<>();
    for (Parameter p : network.parameters()) {
      Tensor t = Tensor.zeros(p.shape());
      for (int i = 0; i < t.size(); i++) {
        t.put(i, (float) new Seed(seed).child(p.name()).normal(i));
      }
      v.put(p.name(), t);
    }
    return v;
  }

  private static double[] flat(Map<String, Tensor> byName) {
    return byName.values().stream()
        .flatMapToDouble(t -> java.util.stream.IntStream.range(0, t.size()).mapToDouble(t::at))
        .toArray();
  }

  private static double dot(Map<String, Tensor> a, Map<String, Tensor> b) {
    double sum = 0;
    for (Map.Entry<String, Tensor> one : a.entrySet()) {
      Tensor other = Objects.requireNonNull(b.get(one.getKey()));
      for (int i = 0; i < other.size(); i++) {
        sum += (double) one.getValue().at(i) * other.at(i);
      }
    }
    return sum;
  }

  @Test
  void ofAnyVectorItIsWithin1e2OfDoublePrecision() {
    Network network = SmallNetworks.withBiases(SmallNetworks.connected(20, 16, 12, 5));
    Batch batch = SmallNetworks.batch(network, 3, 32);
    Map<String, Tensor> v = direction(network, 1);
    InDouble reference = new InDouble(network, batch, 1);
    double[] expected = reference.hessianTimes(InDouble.parameters(network), flat(v));
    HessianProduct hessian = HessianProduct.of(Connections.of(network, batch), Pass.Mode.EVALUATE);
    double[] actual = flat(hessian.times(v));
    double error = 0;
    double size = 0;
    for (int j = 0; j < expected.length; j++) {
      error += Math.pow(actual[j] - expected[j], 2);
      size += Math.pow(expected[j], 2);
    }
    assertThat(Math.sqrt(error / size)).isLessThan(1e-2);
  }

  @Test
  void itIsSymmetricAndDoesNotSeeKinksInComposedActivations() {
    Seed seed = new Seed(2);
    VarianceScaling init = VarianceScaling.lecun();
    Layer body =
        new Sequential(
            new Linear("a", 8, 30, init, seed),
            new Relu6(),
            new Linear("b", 30, 30, init, seed),
            new HardSwish(),
            new Linear("c", 30, 4, init, seed));
    Network network = new Network("kinks", Shape.of(8), 4, body);
    Batch batch = SmallNetworks.batch(network, 3, 64);
    HessianProduct hessian = HessianProduct.of(Connections.of(network, batch), Pass.Mode.EVALUATE);
    Map<String, Tensor> u = direction(network, 3);
    Map<String, Tensor> v = direction(network, 4);
    double uhv = dot(u, hessian.times(v));
    double vhu = dot(v, hessian.times(u));
    double size = Math.sqrt(dot(u, hessian.times(u)) * dot(v, hessian.times(v)));
    assertThat(uhv).isCloseTo(vhu, within(2e-3 * Math.abs(size)));
  }

  @Test
  void zerosGiveZerosAndWhatDoesNotFitIsRefused() {
    Network network = SmallNetworks.connected(4, 3, 2);
    Batch batch = SmallNetworks.batch(network, 3, 8);
    HessianProduct hessian = HessianProduct.of(Connections.of(network, batch), Pass.Mode.EVALUATE);
    Map<String, Tensor> zeros = new HashMap<>();
    network.parameters().forEach(p -> zeros.put(p.name(), Tensor.zeros(p.shape())));
    assertThat(flat(hessian.times(zeros))).containsOnly(0);
    zeros.put("fc1.weight", Tensor.zeros(Shape.of(2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hessian.times(zeros))
        .withMessage("hessian product: a tensor [2] for fc1.weight: expected [3, 4]");
    zeros.remove("fc1.weight");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hessian.times(zeros))
        .withMessage("hessian product: nothing for fc1.weight: expected [3, 4]");
  }
}
