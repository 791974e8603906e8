package io.github.snip4j.snip.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Products;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.LastTimeStep;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.SmallNetworks;
import io.github.snip4j.snip.Sparsifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients of a sparse network at every position, against those of the dense one with zeros.
 */
class WholeGradientsTest {
  static final VarianceScaling LECUN = VarianceScaling.lecun();

  /** A weight that multiplies in two ways of an own layer's making: by kernel, and as a whole. */
  record Own(Parameter weight) implements Layer {
    @Override
    public Variable forward(Variable x, Pass pass) {
      Variable once = Products.linear(x, pass.weight(weight), null);
      return Products.matmul(pass.variable(weight), once);
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(weight);
    }

    @Override
    public Layer on(UnaryOperator<Parameter> change) {
      return new Own(change.apply(weight));
    }
  }

  static Stream<Network> networks() {
    Seed seed = new Seed(4);
    Layer shared = new Linear("shared", 9, 9, LECUN, seed);
    Parameter own =
        new Parameter("own.weight", Parameter.Role.WEIGHT, LECUN.draw(Shape.of(9, 9), seed));
    Layer twice = new Sequential(shared, new Relu(), shared, new Own(own));
    Layer lstm =
        new Sequential(
            new Lstm("lstm", 5, 7, 1, LECUN, seed),
            new LastTimeStep(),
            new Linear("fc", 7, 3, LECUN, seed));
    Layer gru =
        new Sequential(
            new Gru("gru", 5, 7, Gru.Reset.AFTER_PRODUCT, LECUN, seed),
            new LastTimeStep(),
            new Linear("fc", 7, 3, LECUN, seed));
    return Stream.of(
        SmallNetworks.connected(20, 15, 4),
        SmallNetworks.residual(),
        SmallNetworks.grouped(),
        new Network("shared and own", Shape.of(9), 9, twice),
        new Network("lstm", Shape.of(6, 5), 3, lstm),
        new Network("gru", Shape.of(6, 5), 3, gru));
  }

  /** Every fourth connection, stored as is asked for. */
  static Network pruned(Network network, Storage storage) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    Map<String, Storage> stored = new LinkedHashMap<>();
    for (Parameter p : network.parameters()) {
      boolean[] keep = new boolean[p.size()];
      for (int i = p.name().length() % 4; i < keep.length; i += 4) {
        keep[i] = true;
      }
      if (p.role().isConnection()) {
        masks.put(p.name(), new Mask(p.shape(), keep));
        stored.put(p.name(), storage);
      }
    }
    return SmallNetworks.withBiases(network).restructured(Masks.of(masks).byName(), stored);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void equalThoseOfTheDenseNetworkWithZeros(Network network) {
    for (Storage storage : Storage.values()) {
      Network sparse = pruned(network, storage);
      Network dense = Sparsifier.toDense(sparse);
      Batch batch = SmallNetworks.batch(network, 8, 10);
      Pass pass = Pass.wholeGradients(new Seed(1));
      Variable loss = sparse.loss(batch, pass);
      Gradients gradients = loss.backward();
      Pass densePass = Pass.training(new Seed(1));
      Variable denseLoss = dense.loss(batch, densePass);
      Gradients expected = denseLoss.backward();
      Pass plain = Pass.training(new Seed(1));
      Variable plainLoss = sparse.loss(batch, plain);
      Gradients kept = plainLoss.backward();
      assertThat(loss.value().item()).isEqualTo(plainLoss.value().item());
      double largest = 0;
      for (Parameter q : dense.parameters()) {
        for (float g : expected.of(densePass.values(q)).toArray()) {
          largest = Math.max(largest, Math.abs(g));
        }
      }
      for (Parameter p : sparse.parameters()) {
        Tensor of = gradients.of(pass.values(p));
        Parameter q = dense.parameter(p.name());
        assertClose(of, expected.of(densePass.values(q)), 1e-6 * largest);
        assertClose(pass.gradient(p, gradients), plain.gradient(p, kept), 1e-6 * largest);
      }
    }
  }

  private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < actual.size(); i++) {
      assertThat((double) actual.at(i)).isCloseTo(expected.at(i), within(tolerance));
    }
  }
}
