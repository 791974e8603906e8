package io.github.snip4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Composite;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shared layers, branches, several inputs, sizes that do not fit, and summaries. */
class StructureOfNetworksTest {
  private static final Seed SEED = new Seed(1);
  private static final Initializer INIT = VarianceScaling.lecun();

  private final Batch batch =
      new Batch(RandomTensors.normal(1, 5, 8), new int[] {0, 1, 2, 3, 0, 1, 2, 3});

  private static Linear linear(String name, int in, int out) {
    return new Linear(name, in, out, INIT, SEED);
  }

  /** A network with one layer three times, in two places, and a batch norm twice. */
  private static Network shared() {
    Layer again = linear("again", 5, 5);
    Layer norm = new BatchNorm("norm", 5);
    Layer step = new Sequential(again, norm, new Tanh());
    return new Network(
        "shared",
        Shape.of(5),
        4,
        new Sequential(step, new Residual("around", again), step, linear("last", 5, 4)));
  }

  @Test
  void aSharedLayerHasItsNumbersOnce() {
    Network network = shared();
    assertThat(network.parameters())
        .map(Parameter::name)
        .containsExactly(
            "again.weight", "again.bias", "norm.weight", "norm.bias", "last.weight", "last.bias");
    assertThat(network.connections()).isEqualTo(30 + 24);
    assertThat(network.state()).hasSize(8);
  }

  @Test
  void itsGradientIsTheSumOverItsUses() {
    Network network = shared();
    Parameter weight = network.parameter("again.weight");
    Pass pass = Pass.connections(Pass.Mode.EVALUATE, SEED, p -> p == weight);
    Gradients gradients = network.loss(batch, pass).backward();
    Tensor ours = gradients.of(pass.mask(weight));
    float h = 1f / 128;
    for (int i = 0; i < weight.size(); i++) {
      double difference =
          (lossAt(network, weight, i, 1 + h) - lossAt(network, weight, i, 1 - h)) / (2 * h);
      assertThat((double) ours.at(i)).isCloseTo(difference, within(2e-4));
    }
  }

  private double lossAt(Network network, Parameter weight, int i, float c) {
    Tensor at = Tensor.full(weight.shape(), 1f);
    at.put(i, c);
    Pass pass =
        Pass.connections(Pass.Mode.EVALUATE, SEED, p -> p == weight ? at : null, p -> p.value());
    return network.loss(batch, pass).value().item();
  }

  @Test
  void aCopySharesAsTheNetworkDoesAndTrainsToTheSameBits() {
    Network network = shared();
    Network copy = network.on(Parameter::copy);
    assertThat(copy.parameters()).hasSize(6);
    assertThat(copy.state()).hasSize(8);
    train(network);
    assertThat(copy.parameter("again.weight").value().toArray())
        .isNotEqualTo(network.parameter("again.weight").value().toArray());
    train(copy);
    assertThat(values(copy)).isEqualTo(values(network));
  }

  /** All numbers, as text: of each tensor its array. */
  private static List<String> values(Network network) {
    return network.state().values().stream().map(t -> Arrays.toString(t.toArray())).toList();
  }

  private void train(Network network) {
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 0), network);
    for (int i = 0; i < 3; i++) {
      Pass pass = Pass.training(SEED.child(i));
      Gradients gradients = network.loss(batch, pass).backward();
      optimizer.step(pass, gradients, 0.1);
    }
  }

  @Test
  void twoLayersOfOneNameAreNoSharedLayer() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Network(
                    "twice",
                    Shape.of(5),
                    5,
                    new Sequential(linear("fc", 5, 5), linear("fc", 5, 5))))
        .withMessage("twice: two parameters are called fc.weight");
  }

  @Test
  void branchesNeedNoLayerOfTheirOwn() {
    Layer body =
        new Composite(
            "sum",
            (parts, x, pass) ->
                Arithmetic.add(pass.through(parts.get(0), x), pass.through(parts.get(1), x)),
            new Sequential(linear("left", 5, 4), new Tanh()),
            linear("right", 5, 4));
    Network network = new Network("branches", Shape.of(5), 4, body);
    assertThat(network.parameters()).hasSize(4);
    boolean[] keep = new boolean[20];
    keep[3] = true;
    Mask mask = new Mask(Shape.of(4, 5), keep);
    Network pruned = network.restructured(Map.of("left.weight", mask));
    assertThat(pruned.parameter("left.weight").value().size()).isEqualTo(1);
    Tensor x = batch.x();
    Tensor left = Pass.evaluation().through(pruned.body(), Variable.constant(x)).value();
    assertThat(left.toArray()).isEqualTo(pruned.logits(x).toArray());
    assertThat(left.toArray()).isNotEqualTo(network.logits(x).toArray());
  }

  @Test
  void severalInputsAreOneColumn() {
    Inputs inputs = Inputs.of(Shape.of(1, 4, 4), Shape.of(3));
    Layer picture =
        new Sequential(
            new Conv2d("conv", Shape.of(2, 1, 3, 3), Conv2dSpec.VALID, INIT, SEED), new Flatten());
    Layer body =
        new Composite(
            "",
            (parts, x, pass) -> {
              List<Variable> in = inputs.unpack(x);
              Variable seen = pass.through(parts.get(0), in.get(0));
              return pass.through(parts.get(1), Shapes.concatenate(List.of(seen, in.get(1)), 0));
            },
            picture,
            linear("both", 8 + 3, 4));
    Network network = new Network("two", inputs.shape(), 4, body);
    Tensor pictures = RandomTensors.normal(1, 1, 4, 4, 6);
    Tensor numbers = RandomTensors.normal(2, 3, 6);
    Tensor logits = network.logits(inputs.pack(pictures, numbers));
    Variable seen = Pass.evaluation().through(picture, Variable.constant(pictures));
    Tensor joined = Shapes.concatenate(List.of(seen, Variable.constant(numbers)), 0).value();
    Tensor expected =
        Pass.evaluation()
            .through(network.body(), Variable.constant(inputs.pack(pictures, numbers)))
            .value();
    assertThat(joined.shape()).isEqualTo(Shape.of(11, 6));
    assertThat(logits.toArray()).isEqualTo(expected.toArray());
    Golden.assertClose(
        Pass.evaluation().through(linear("both", 11, 4), Variable.constant(joined)).value(),
        logits,
        1e-6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inputs.pack(pictures))
        .withMessage(
            "inputs: [[1, 4, 4, 6]]: expected [[1, 4, 4], [3]], each with one batch as last axis");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inputs.unpack(Variable.constant(Tensor.zeros(Shape.of(18, 6)))))
        .withMessage("inputs: input [18, 6]: expected [19] with the batch as last axis");
  }

  @Test
  void sizesThatDoNotFitAreToldWhenTheNetworkIsMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Network(
                    "wrong", Shape.of(5), 4, new Sequential(linear("a", 5, 6), linear("b", 7, 4))))
        .withMessage(
            "wrong: b: linear: w [4, 7], x [6, 1], b [4]: expected w [out, in], x [in, N], b [out]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network("wrong", Shape.of(5), 4, linear("a", 5, 6)))
        .withMessage("wrong: outputs [6, 1]: expected [4] with the batch as last axis");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network("wrong", Shape.of(4, 5), 4, (x, pass) -> x))
        .withMessage("wrong: outputs [4, 5, 1]: expected [4] with the batch as last axis");
  }

  @Test
  void aSummaryTellsLayersOutputsAndNumbers() {
    Network network = shared();
    assertThat(network).hasToString("shared: [5] to [4], 64 numbers in 6 parameters");
    assertThat(network.summary().lines())
        .containsExactly(
            "shared: [5] to [4], 64 numbers in 6 parameters",
            "layer  kind       output  numbers  kept",
            "again  Linear     [5]          30",
            "norm   BatchNorm  [5]          10",
            "       Tanh       [5]",
            "again  Linear     [5]      shared",
            "again  Linear     [5]      shared",
            "norm   BatchNorm  [5]      shared",
            "       Tanh       [5]",
            "last   Linear     [4]          24");
    boolean[] keep = new boolean[25];
    keep[7] = true;
    Network pruned = network.restructured(Map.of("again.weight", new Mask(Shape.of(5, 5), keep)));
    assertThat(pruned).hasToString("shared: [5] to [4], 64 numbers in 6 parameters, 40 kept");
    assertThat(pruned.summary()).contains("again  Linear     [5]          30     6");
    Network function = new Network("f", Shape.of(5), 5, new Sequential(new Relu(), (x, pass) -> x));
    assertThat(function.summary()).contains("function");
  }
}
