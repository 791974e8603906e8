package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.autograd.op.Poolings;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.autograd.op.Softmaxes;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Gelu;
import io.github.snip4j.nn.layer.LeakyRelu;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.LogSoftmax;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Sigmoid;
import io.github.snip4j.nn.layer.Softmax;
import io.github.snip4j.nn.layer.Softplus;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.snip.criterion.BrainDamage;
import io.github.snip4j.snip.criterion.GradientFlow;
import io.github.snip4j.snip.criterion.SynapticFlow;
import io.github.snip4j.snip.criterion.UnitRelevance;
import io.github.snip4j.snip.diagnosis.EffectiveConnections;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that somebody writes in a line are treated like those that come with the library. */
class OwnLayersTest {
  private static Network network(Layer activation) {
    Seed seed = new Seed(1);
    VarianceScaling lecun = VarianceScaling.lecun();
    return new Network(
        "own",
        Shape.of(20),
        10,
        new Sequential(
            new Linear("fc1", 20, 50, lecun, seed),
            activation,
            new Linear("fc2", 50, 50, lecun, seed),
            activation,
            new Linear("fc3", 50, 10, lecun, seed)));
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        pair("relu", new Relu(), (x, pass) -> Elementwise.relu(x)),
        pair("leaky relu", new LeakyRelu(0.1f), (x, pass) -> Elementwise.leakyRelu(x, 0.1f)),
        pair("gelu", new Gelu(), (x, pass) -> Elementwise.gelu(x)),
        pair("softplus", new Softplus(), (x, pass) -> Elementwise.softplus(x)),
        pair("tanh", new Tanh(), (x, pass) -> Elementwise.tanh(x)),
        pair("sigmoid", new Sigmoid(), (x, pass) -> Elementwise.sigmoid(x)),
        pair("softmax", new Softmax(), (x, pass) -> Softmaxes.softmax(x)),
        pair("log softmax", new LogSoftmax(), (x, pass) -> Softmaxes.logSoftmax(x)));
  }

  private static Arguments pair(String name, Layer ours, Layer own) {
    return Arguments.of(name, ours, own);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void masksAndEffectiveConnectionsAreTheSame(String name, Layer ours, Layer own) {
    Batch batch = SmallNetworks.batch(network(ours), 7, 16);
    List<Criterion> all =
        List.of(
            ConnectionSensitivity::score,
            new GradientFlow(),
            new BrainDamage(),
            new SynapticFlow(),
            new UnitRelevance());
    for (Criterion criterion : all) {
      Masks expected = Pruner.of(criterion).prune(Connections.of(network(ours), batch), 0.9);
      Masks actual = Pruner.of(criterion).prune(Connections.of(network(own), batch), 0.9);
      assertSame(actual, expected);
      assertSame(
          EffectiveConnections.of(network(own), expected).effective(),
          EffectiveConnections.of(network(ours), expected).effective());
    }
  }

  private static void assertSame(Masks actual, Masks expected) {
    assertThat(actual.byName().keySet()).isEqualTo(expected.byName().keySet());
    expected
        .byName()
        .forEach(
            (name, mask) ->
                assertThat(actual.of(name).toArray()).as(name).isEqualTo(mask.toArray()));
  }

  @Test
  void maximaOfOnesOwnAreHeldLikeTheLayers() {
    Network ours = SmallNetworks.pooled(new MaxPool2d("pool", PoolSpec.square(2)));
    Network own = SmallNetworks.pooled((x, pass) -> Poolings.max(x, PoolSpec.square(2)));
    Batch batch = SmallNetworks.batch(ours, 3, 16);
    Masks expected = Pruner.of(new GradientFlow()).prune(Connections.of(ours, batch), 0.8);
    assertSame(Pruner.of(new GradientFlow()).prune(Connections.of(own, batch), 0.8), expected);
    assertSame(
        EffectiveConnections.of(own, expected).effective(),
        EffectiveConnections.of(ours, expected).effective());
  }

  /** With fc1 pruned whole a constant comes out of each activation, or nothing. */
  @ParameterizedTest
  @MethodSource("pairs")
  void whereNothingComesInOnlyBiasesMatter(String name, Layer ours, Layer own) {
    for (Layer activation : List.of(ours, own)) {
      Network network = network(activation);
      Map<String, Mask> masks = new LinkedHashMap<>();
      for (Parameter p : network.parameters()) {
        boolean[] keep = new boolean[p.size()];
        Arrays.fill(keep, !p.name().equals("fc1.weight"));
        masks.put(p.name(), new Mask(p.shape(), keep));
      }
      Masks kept = Masks.of(masks);
      assertThat(EffectiveConnections.of(network, kept).effective().kept()).isEqualTo(110);
    }
  }

  /** Of x sigmoid(x) nothing is left where x is nothing; a gate needs something to let through. */
  @Test
  void productsNeedBothFactors() {
    Layer gated =
        (x, pass) ->
            Arithmetic.multiply(
                Shapes.slice(x, 0, 0, 1), Elementwise.sigmoid(Shapes.slice(x, 0, 1, 2)));
    Seed seed = new Seed(1);
    Network network =
        new Network(
            "gated",
            Shape.of(2),
            2,
            new Sequential(
                new Linear("fc1", 2, 2, VarianceScaling.lecun(), seed),
                gated,
                new Linear("fc2", 1, 2, VarianceScaling.lecun(), seed)));
    assertThat(effective(network, true, true, true, true)).isEqualTo(4 + 2);
    assertThat(effective(network, true, true, false, false)).isEqualTo(2 + 2); // the gate is 1/2
    assertThat(effective(network, false, false, true, true)).isZero(); // it lets nothing through
  }

  private static int effective(Network network, boolean... fc1) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    masks.put("fc1.weight", new Mask(Shape.of(2, 2), fc1));
    masks.put("fc2.weight", new Mask(Shape.of(2, 1), new boolean[] {true, true}));
    return EffectiveConnections.of(network, Masks.of(masks)).effective().kept();
  }

  /** x², under the name of another layer. */
  private static final class Impostor implements Layer {
    @Override
    public Variable forward(Variable x, Pass pass) {
      return Arithmetic.multiply(x, x);
    }

    @Override
    public LayerSpec describe() {
      return LayerSpec.of("relu");
    }
  }

  @Test
  void oneThatSaysItIsALayerOfTheEngineIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network(new Impostor()))
        .withMessage(
            ("a layer of the class " + Impostor.class.getName() + " describes itself as 'relu',")
                + " which is a layer of the engine: expected a kind of its own, as the name of its"
                + " class");
  }

  private static Variable silent(Variable x) {
    return Variable.of(Operation.named("sine"), x.value(), x.pull(dy -> dy));
  }

  @Test
  void whatDoesNotSayWhatItIsIsRefusedByName() {
    Network network = network((x, pass) -> silent(x));
    Connections connections = Connections.of(network, SmallNetworks.batch(network, 7, 16));
    Masks all = Pruner.of(ConnectionSensitivity::score).prune(connections, 0.5); // asks for nothing
    String message =
        ": the operation 'sine' does not say what kind of function it is: expected one made by"
            + " Operation.smooth, linear, sum, product, rectifier, maximum or composed, not by"
            + " Operation.named";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientFlow().score(connections))
        .withMessage("GraSP" + message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SynapticFlow().score(connections))
        .withMessage("SynFlow" + message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrainDamage.approximatedFor(connections))
        .withMessage("optimal brain damage" + message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EffectiveConnections.of(network, all))
        .withMessage("effective connections" + message);
  }

  @Test
  void brainDamageSaysWhereItIsNotExact() {
    Batch batch = SmallNetworks.batch(network(new Relu()), 7, 4);
    assertThat(approximated(new Relu(), batch)).isEmpty();
    assertThat(approximated(new LeakyRelu(0.1f), batch)).isEmpty();
    assertThat(approximated(new Gelu(), batch)).containsExactly("gelu");
    assertThat(approximated((x, pass) -> Arithmetic.multiply(x, Elementwise.sigmoid(x)), batch))
        .containsExactlyInAnyOrder("sigmoid", "multiply");
    assertThat(approximated((x, pass) -> Arithmetic.multiply(x, x), batch))
        .containsExactly("multiply");
    Layer maximum = (x, pass) -> Arithmetic.add(x, Reductions.max(x, Reductions.Reduced.STAYS, 0));
    assertThat(approximated(maximum, batch)).isEmpty();
    Network residual = SmallNetworks.residual();
    assertThat(
            BrainDamage.approximatedFor(
                Connections.of(residual, SmallNetworks.batch(residual, 4, 2))))
        .isEmpty();
  }

  private static Set<String> approximated(Layer activation, Batch batch) {
    return BrainDamage.approximatedFor(Connections.of(network(activation), batch));
  }
}
