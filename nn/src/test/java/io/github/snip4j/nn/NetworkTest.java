package io.github.snip4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {
  @TempDir Path folder;
  private final Batch batch =
      new Batch(RandomTensors.normal(1, 1, 2, 3, 8), new int[] {0, 1, 2, 3, 0, 1, 2, 3});

  private static Network small(long seed) {
    Seed own = new Seed(seed);
    return new Network(
        "small",
        Shape.of(1, 2, 3),
        4,
        new Sequential(
            new Flatten(),
            new Linear("fc1", 6, 5, VarianceScaling.lecun(), own),
            new Relu(),
            new Linear("fc2", 5, 4, VarianceScaling.lecun(), own)));
  }

  @Test
  void maskGradientIsWeightTimesWeightGradient() {
    Network network = small(1);
    Pass training = Pass.training(new Seed(0));
    Gradients byWeight = network.loss(batch, training).backward();
    Pass connections = Pass.connections(Pass.Mode.TRAIN, new Seed(0), p -> true);
    Gradients byMask = network.loss(batch, connections).backward();
    for (Parameter p : network.parameters()) {
      Tensor product = byWeight.of(training.variable(p)).copy();
      for (int i = 0; i < p.size(); i++) {
        product.put(i, product.at(i) * p.value().at(i));
      }
      Golden.assertClose(byMask.of(connections.mask(p)), product, 1e-6);
    }
  }

  @Test
  void parametersOutOfScopeHaveNoMask() {
    Network network = small(1);
    Pass pass =
        Pass.connections(Pass.Mode.EVALUATE, new Seed(0), p -> p.role() == Parameter.Role.WEIGHT);
    network.loss(batch, pass);
    assertThat(pass.mask(network.parameter("fc1.weight")).shape()).isEqualTo(Shape.of(5, 6));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pass.mask(network.parameter("fc1.bias")))
        .withMessage("pass: fc1.bias[5] has no mask here: this pass gives it none");
  }

  @Test
  void evaluationKeepsNoGraph() {
    assertThat(small(1).loss(batch, Pass.evaluation()).requiresGradient()).isFalse();
  }

  @Test
  void initialValuesDependOnTheSeedAndTheNameAlone() {
    assertThat(small(3).parameter("fc1.weight").value().toArray())
        .isEqualTo(small(3).parameter("fc1.weight").value().toArray())
        .isNotEqualTo(small(4).parameter("fc1.weight").value().toArray());
    assertThat(new Linear("fc1", 6, 5, VarianceScaling.lecun(), new Seed(3)).parameters().get(0))
        .matches(p -> p.value().get(0, 0) == small(3).parameter("fc1.weight").value().get(0, 0));
  }

  @Test
  void wrongInputsNameTheNetworkOrTheLayer() {
    Network network = LeNet300100.create(new Seed(1));
    Variable wrong = Variable.constant(Tensor.zeros(Shape.of(784, 100)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.forward(wrong, Pass.evaluation()))
        .withMessage(
            "lenet-300-100: input [784, 100]: expected [1, 28, 28] with the batch as last axis");
    Linear layer = new Linear("fc7", 6, 5, VarianceScaling.lecun(), new Seed(1));
    Linear other = new Linear("fc7", 5, 5, VarianceScaling.lecun(), new Seed(1));
    Layer nested = new Sequential(new Relu(), new Residual("block2", new Sequential(layer)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pass.evaluation().through(nested, wrong))
        .withMessage(
            "fc7: linear: w [5, 6], x [784, 100], b [5]: expected w [out, in], x [in, N], b [out]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network("twice", Shape.of(6), 5, new Sequential(layer, other)))
        .withMessage("twice: two parameters are called fc7.weight");
  }

  @Test
  void masksOfAFileAreAppliedOrRefusedButNotDropped() throws IOException {
    Path file = folder.resolve("network.npz");
    boolean[] keep = {true, false, false, true};
    Map<String, Mask> masks = Map.of("fc2.bias", new Mask(Shape.of(4), keep));
    Network saved = small(1).restructured(masks);
    NetworkFile.save(file, saved);

    for (Network like : List.of(small(2), saved, small(3).restructured(masks))) {
      Network read = NetworkFile.read(file, like);
      assertThat(read.masks()).containsOnlyKeys("fc2.bias");
      assertThat(read.parameter("fc2.bias").structure().positions()).containsExactly(0, 3);
      for (Parameter p : saved.parameters()) {
        assertThat(read.parameter(p.name()).value().toArray()).isEqualTo(p.value().toArray());
      }
    }

    Network same = small(2).restructured(masks);
    NetworkFile.load(file, same);
    assertThat(same.parameter("fc2.bias").value().toArray())
        .isEqualTo(saved.parameter("fc2.bias").value().toArray());

    Network whole = small(2);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> NetworkFile.load(file, whole))
        .withMessage(
            file
                + ": prunes 2 of fc2.bias[4], which is whole in small: expected NetworkFile.read,"
                + " which gives a pruned network, or loadWithoutMasks, which forgets what is pruned");
    boolean[] other = {true, true, false, true};
    Network differently = small(2).restructured(Map.of("fc2.bias", new Mask(Shape.of(4), other)));
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> NetworkFile.load(file, differently))
        .withMessage(
            file
                + ": has another mask for fc2.bias[4], of which small keeps 3: expected the same"
                + " mask, or NetworkFile.read, which takes any");
    NetworkFile.loadWithoutMasks(file, whole);
    for (Parameter p : saved.parameters()) {
      assertThat(whole.parameter(p.name()).value().toArray()).isEqualTo(p.dense().toArray());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkFile.loadWithoutMasks(file, same))
        .withMessageContaining("small is pruned");
  }

  @Test
  void aNetworkChangesItsConnectionsInPlaceAndItsOptimiserFollows() {
    boolean[] first = {true, false, true, true};
    boolean[] second = {true, true, false, true};
    Mask mask = new Mask(Shape.of(4), first);
    Network network = small(1).restructured(Map.of("fc2.bias", mask));
    Parameter bias = network.parameter("fc2.bias");
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 0), network);
    for (int i = 0; i < 3; i++) {
      bias.value().put(i, i + 1);
      Objects.requireNonNull(optimizer.state().get("fc2.bias.0")).put(i, 10 * (i + 1));
    }
    float[] weights = network.parameter("fc1.weight").value().toArray();

    network.restructure(Map.of("fc2.bias", new Mask(Shape.of(4), second)));
    assertThat(network.parameter("fc2.bias")).isSameAs(bias);
    assertThat(bias.value().toArray()).containsExactly(1, 0, 3);
    assertThat(network.state().get("fc2.bias")).isSameAs(bias.value());
    assertThat(bias.dense().toArray()).containsExactly(1, 0, 0, 3);
    Tensor state = Objects.requireNonNull(optimizer.state().get("fc2.bias.0"));
    assertThat(state.toArray()).containsExactly(10, 0, 30);
    assertThat(network.parameter("fc1.weight").value().toArray()).isEqualTo(weights);

    Map<String, Mask> wrong = new LinkedHashMap<>();
    wrong.put("fc2.bias", mask);
    wrong.put("fc1.weight", mask);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.restructure(wrong))
        .withMessageStartingWith("mask [4] for fc1.weight[");
    assertThat(bias.structure().positions()).containsExactly(0, 1, 3);
  }

  @Test
  void aPassThatKnowsTheConnectionsOfBeforeIsRefused() {
    Network network = small(1);
    Pass pass = Pass.training(new Seed(1));
    Variable x = Variable.constant(Tensor.zeros(network.input().append(2)));
    network.forward(x, pass);
    boolean[] keep = {true, false, true, true};
    network.restructure(Map.of("fc2.bias", new Mask(Shape.of(4), keep)));
    assertThatIllegalStateException()
        .isThrownBy(() -> network.forward(x, pass))
        .withMessageContaining("has changed since this pass first used it");
  }

  @Test
  void aMaskOfNoParameterIsNamed() throws IOException {
    Path file = folder.resolve("network.npz");
    NpzWriter writer = new NpzWriter();
    small(1).state().forEach(writer::put);
    writer.put("mask.fc9.weight", Shape.of(4), new boolean[4]).write(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> NetworkFile.load(file, small(2)))
        .withMessage(file + ": does not hold the parameters of small; not known: mask.fc9.weight");
  }

  @Test
  void masksComeBackFromAFileUnlessTheyAreOfAnotherShape() throws IOException {
    Path file = folder.resolve("network.npz");
    boolean[] keep = {true, false, false, true};
    NetworkFile.save(file, small(1).restructured(Map.of("fc2.bias", new Mask(Shape.of(4), keep))));
    Network loaded = small(2);
    NetworkFile.loadWithoutMasks(file, loaded);
    Map<String, Mask> masks = NetworkFile.masks(file, loaded);
    assertThat(masks).containsOnlyKeys("fc2.bias");
    assertThat(masks.values()).allSatisfy(mask -> assertThat(mask.toArray()).isEqualTo(keep));

    new NpzWriter().put("mask.fc2.bias", Shape.of(3), new boolean[3]).write(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> NetworkFile.masks(file, loaded))
        .withMessage(file + ": array 'mask.fc2.bias' must be [4], not [3]");
  }

  @Test
  void arraysMissingExtraOrMisshapenAreNamedAndChangeNothing() throws IOException {
    Network network = small(1);
    Tensor before = network.parameter("fc1.weight").value().copy();
    Path file = folder.resolve("other.npz");
    new NpzWriter()
        .put("fc1.weight", Tensor.zeros(Shape.of(5, 6)))
        .put("fc3.weight", Tensor.zeros(Shape.of(1)))
        .write(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> NetworkFile.load(file, network))
        .withMessage(
            file
                + ": does not hold the parameters of small; missing: fc1.bias, fc2.bias, fc2.weight;"
                + " not known: fc3.weight");
    NpzWriter misshapen = new NpzWriter();
    network.parameters().stream()
        .filter(p -> !p.name().equals("fc2.bias"))
        .forEach(p -> misshapen.put(p.name(), Tensor.zeros(p.shape())));
    misshapen.put("fc2.bias", Tensor.zeros(Shape.of(2, 2))).write(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> NetworkFile.load(file, network))
        .withMessage(file + ": array 'fc2.bias' must be [4] for small, not [2, 2]");
    assertThat(network.parameter("fc1.weight").value().toArray()).isEqualTo(before.toArray());
  }
}
