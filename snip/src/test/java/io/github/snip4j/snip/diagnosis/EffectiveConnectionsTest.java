package io.github.snip4j.snip.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Gelu;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.LastTimeStep;
import io.github.snip4j.nn.layer.LeakyRelu;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.RowsAsSequence;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.layer.TimeDistributed;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.SmallNetworks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which connections do anything, against what the network computes with random weights. */
class EffectiveConnectionsTest {
  private static final int DRAWS = 40;

  private static Network network(String kind) {
    Seed seed = new Seed(1);
    VarianceScaling lecun = VarianceScaling.lecun();
    Layer cell =
        switch (kind) {
          case "lstm" -> new Lstm("cell", 5, 6, 1f, lecun, seed);
          case "gru" -> new Gru("cell", 5, 6, Gru.Reset.BEFORE_PRODUCT, lecun, seed);
          default -> new Gru("cell", 5, 6, Gru.Reset.AFTER_PRODUCT, lecun, seed);
        };
    return switch (kind) {
      case "connected" -> SmallNetworks.connected(8, 7, 6, 5, 4);
      case "residual" -> SmallNetworks.residual();
      case "grouped" -> SmallNetworks.grouped();
      case "own" ->
          new Network(
              kind,
              Shape.of(8),
              4,
              new Sequential(
                  new Linear("a", 8, 9, lecun, seed),
                  (x, pass) -> Arithmetic.multiply(x, Elementwise.sigmoid(x)),
                  new Linear("b", 9, 8, lecun, seed),
                  EffectiveConnectionsTest::gatesAndMaxima,
                  new Linear("c", 7, 5, lecun, seed),
                  (x, pass) -> Arithmetic.subtract(Elementwise.relu(x), Elementwise.tanh(x)),
                  new Linear("d", 5, 4, lecun, seed)));
      case "smooth" ->
          new Network(
              kind,
              Shape.of(8),
              4,
              new Sequential(
                  new Linear("a", 8, 7, lecun, seed),
                  new Tanh(),
                  new Linear("b", 7, 6, lecun, seed),
                  new Gelu(),
                  new Linear("c", 6, 5, lecun, seed),
                  new LeakyRelu(0.1f),
                  new Linear("d", 5, 4, lecun, seed)));
      default ->
          new Network(
              kind,
              Shape.of(1, 4, 3),
              3,
              new Sequential(
                  new RowsAsSequence(),
                  new TimeDistributed(new Linear("in", 3, 5, lecun, seed)),
                  cell,
                  new LastTimeStep(),
                  new Linear("out", 6, 3, lecun, seed)));
    };
  }

  /** Of eight units: two that are gated by two others, the largest of two, two as they are. */
  private static Variable gatesAndMaxima(Variable x, Pass pass) {
    Variable gated =
        Arithmetic.multiply(
            Shapes.slice(x, 0, 0, 2), Elementwise.sigmoid(Shapes.slice(x, 0, 2, 4)));
    Variable largest = Reductions.max(Shapes.slice(x, 0, 4, 6), Reductions.Reduced.STAYS, 0);
    Variable both = Arithmetic.add(gated, Shapes.slice(x, 0, 6, 8));
    return Shapes.concatenate(List.of(gated, largest, Shapes.slice(x, 0, 6, 8), both), 0);
  }

  private static Masks randomMasks(Network network, double density, Seed seed) {
    Map<String, Mask> byName = new LinkedHashMap<>();
    for (Parameter p : network.parameters()) {
      if (p.role().isConnection()) {
        boolean[] keep = new boolean[p.size()];
        for (int j = 0; j < keep.length; j++) {
          keep[j] = seed.child(p.name()).uniform(j) < density;
        }
        byName.put(p.name(), new Mask(p.shape(), keep));
      }
    }
    return Masks.of(byName);
  }

  /**
   * The connections on which the logits depend, for some of many random weights and inputs:
   * derivatives by a weight on no path are exactly 0. Biases are 0; one that is set to another
   * value changes the logits or does not.
   */
  private static Map<String, boolean[]> those(Network network, Masks masks) {
    Map<String, boolean[]> matter = new LinkedHashMap<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      Seed seed = new Seed(100).child(draw);
      int[] dims = network.input().append(2).toArray();
      Variable x = Variable.constant(RandomTensors.normal(draw, dims));
      Pass pass = pass(masks, seed, "", 0);
      Variable logits = network.forward(x, pass);
      Gradients gradients = logits.backward(RandomTensors.normal(draw + 7L, network.outputs(), 2));
      for (Map.Entry<String, Mask> entry : masks.byName().entrySet()) {
        String name = entry.getKey();
        Parameter p = network.parameter(name);
        boolean[] any = matter.computeIfAbsent(name, key -> new boolean[p.size()]);
        for (int j = 0; j < any.length; j++) {
          if (entry.getValue().keeps(j) && p.role() == Parameter.Role.BIAS) {
            Variable moved = network.forward(x, pass(masks, seed, name, j));
            any[j] |= !Arrays.equals(moved.value().toArray(), logits.value().toArray());
          } else if (entry.getValue().keeps(j)) {
            Tensor g = gradients.of(pass.mask(p));
            any[j] |= g.at(j) != 0;
          }
        }
      }
    }
    return matter;
  }

  /** Random weights where the masks keep them; all biases 0 but one. */
  private static Pass pass(Masks masks, Seed seed, String bias, int at) {
    return Pass.connections(
        Pass.Mode.EVALUATE,
        seed,
        p -> p.role().isConnection() ? drawn(p, masks, seed, bias, at) : null,
        p -> p.role().isConnection() ? Tensor.full(p.shape(), 1f) : p.value());
  }

  private static Tensor drawn(Parameter p, Masks masks, Seed seed, String bias, int at) {
    Tensor w = Tensor.zeros(p.shape());
    for (int j = 0; p.role() == Parameter.Role.WEIGHT && j < w.size(); j++) {
      w.put(j, 0.7f * (float) seed.child(p.name()).normal(j));
    }
    masks.of(p.name()).applyTo(w);
    if (p.name().equals(bias)) {
      w.put(at, 0.5f);
    }
    return w;
  }

  @ParameterizedTest
  @CsvSource({
    "connected, 0.12",
    "connected, 0.3",
    "connected, 0.6",
    "smooth, 0.12",
    "smooth, 0.3",
    "grouped, 0.15",
    "grouped, 0.4",
    "own, 0.15",
    "own, 0.4",
    "residual, 0.05",
    "residual, 0.1",
    "residual, 0.15",
    "lstm, 0.06",
    "lstm, 0.15",
    "lstm, 0.4",
    "gru, 0.06",
    "gru, 0.15",
    "gru, 0.4",
    "gru-after, 0.06",
    "gru-after, 0.15",
    "gru-after, 0.4",
  })
  void effectiveConnectionsAreThoseThatTheLogitsDependOn(String kind, double density) {
    Network network = network(kind);
    int idle = 0;
    for (int i = 0; i < 5; i++) {
      Masks masks = randomMasks(network, density, new Seed(i));
      EffectiveConnections wiring = EffectiveConnections.of(network, masks);
      Map<String, boolean[]> expected = those(network, masks);
      for (String name : masks.byName().keySet()) {
        assertThat(wiring.effective().of(name).toArray())
            .as("%s, masks %d", name, i)
            .isEqualTo(expected.get(name));
      }
      idle += masks.kept() - wiring.effective().kept();
    }
    assertThat(idle).as("connections that do nothing").isPositive();
  }

  @Test
  void aDeepNetworkNeitherOverflowsNorFades() {
    int[] widths = new int[301];
    Arrays.fill(widths, 30);
    Network network = SmallNetworks.connected(widths);
    Masks all = randomMasks(network, 1, new Seed(0));
    assertThat(EffectiveConnections.of(network, all).effective().kept()).isEqualTo(all.kept());
    assertThat(EffectiveConnections.of(network, all).sparsity()).isZero();

    Map<String, Mask> chain = new LinkedHashMap<>();
    all.byName().forEach((name, mask) -> chain.put(name, only(mask.shape(), 7 * 30 + 7)));
    EffectiveConnections thread = EffectiveConnections.of(network, Masks.of(chain));
    assertThat(thread.effective().of("fc150.weight").kept()).isEqualTo(1);
    assertThat(thread.units().get(150))
        .isEqualTo(new EffectiveConnections.Units("fc151", 30, 29, 29));
  }

  private static Mask only(Shape shape, int position) {
    boolean[] keep = new boolean[shape.size()];
    if (position < keep.length) {
      keep[position] = true;
    }
    return new Mask(shape, keep);
  }

  @Test
  void aWayAroundKeepsABrokenBodyFromMattering() {
    Network network = SmallNetworks.residual();
    Map<String, Mask> masks = new LinkedHashMap<>(randomMasks(network, 1, new Seed(0)).byName());
    masks.put("conv2.weight", new Mask(Shape.of(6, 6, 3, 3), new boolean[324]));
    EffectiveConnections wiring = EffectiveConnections.of(network, Masks.of(masks));
    assertThat(wiring.effective().of("fc.weight").kept()).isEqualTo(384);
    assertThat(wiring.effective().of("conv1.weight").kept()).isEqualTo(108);
    assertThat(wiring.effective().of("conv3.weight").kept()).isZero();
    Map<String, EffectiveConnections.Units> byLayer = new LinkedHashMap<>();
    wiring.units().forEach(units -> byLayer.put(units.layer(), units));
    assertThat(Objects.requireNonNull(byLayer.get("conv2")).withoutInput()).isEqualTo(6);
    assertThat(Objects.requireNonNull(byLayer.get("conv3")).withoutOutput()).isZero();
  }
}
