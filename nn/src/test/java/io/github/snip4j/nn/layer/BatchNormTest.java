package io.github.snip4j.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Transfer;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchNormTest {
  private static final double MOMENTUM = 0.25;

  @TempDir Path folder;
  private final Batch batch = new Batch(RandomTensors.normal(1, 2, 5), new int[] {0, 1, 2, 0, 1});
  private final Network network = network();

  private static Network network() {
    return new Network(
        "test",
        Shape.of(2),
        3,
        new Sequential(
            new BatchNorm("bn1", 2, 1e-5, MOMENTUM),
            new Linear("fc", 2, 3, VarianceScaling.lecun(), new Seed(1))));
  }

  private static float[] state(Network network, String name) {
    return Objects.requireNonNull(network.state().get(name), name).toArray();
  }

  @Test
  void trainingNormalizesByTheBatchAndMovesTheRunningStatisticsByTheMomentum() {
    BatchNorm layer = new BatchNorm("bn1", 1, 1e-12, MOMENTUM);
    Variable x = Variable.constant(Tensor.of(Shape.of(1, 4), 1, 2, 3, 6));
    float[] y = Pass.training(new Seed(1)).through(layer, x).value().toArray();
    double deviation = Math.sqrt(14 / 4.0);
    assertThat(y[3]).isCloseTo((float) (3 / deviation), within(1e-5f));
    assertThat(layer.buffers().get(0).value().item()).isEqualTo(0.25f * 3);
    assertThat(layer.buffers().get(1).value().item())
        .isCloseTo(0.75f + 0.25f * (14 / 3f), within(1e-6f)); // the unbiased variance
  }

  /** A training step computes the two in one; a watched one layer by layer. */
  @Test
  void aRectifierBehindItGivesTheBitsOfItsOwn() {
    Tensor x = RandomTensors.normal(2, 3, 4, 5, 17);
    List<Layer> layers = List.of(new BatchNorm("bn1", 3, 1e-5, MOMENTUM), new Relu());
    Sequential fused = new Sequential(layers);
    Sequential apart = (Sequential) Transfer.of(fused, UnaryOperator.identity());
    Pass alone = Pass.training(new Seed(1));
    Pass watched = Pass.training(new Seed(1)).watchedBy((layer, in, out) -> {});
    Variable in = Variable.leaf(x);
    Variable one = alone.through(fused, in);
    Variable two = watched.through(apart, in);
    assertThat(one.value().toArray()).isEqualTo(two.value().toArray()).contains(0f);
    Tensor dy = RandomTensors.normal(3, 3, 4, 5, 17);
    Gradients gradients = one.backward(dy);
    Gradients expected = two.backward(dy);
    assertThat(gradients.of(in).toArray()).isEqualTo(expected.of(in).toArray());
    for (int i = 0; i < 2; i++) {
      Parameter mine = fused.parameters().get(i);
      Parameter other = apart.parameters().get(i);
      assertThat(alone.gradient(mine, gradients).toArray())
          .isEqualTo(watched.gradient(other, expected).toArray());
      assertThat(fused.buffers().get(i).value().toArray())
          .isEqualTo(apart.buffers().get(i).value().toArray());
    }
    assertThat(Objects.requireNonNull(one.operation()).name())
        .isEqualTo("batch norm and relu, training");
    assertThat(Objects.requireNonNull(two.operation()).name()).isEqualTo("relu");
  }

  @Test
  void evaluationNormalizesByTheRunningStatisticsAndLeavesThemAlone() {
    network.loss(batch, Pass.training(new Seed(1)));
    float[] mean = state(network, "bn1.running_mean");
    float[] variance = state(network, "bn1.running_var");
    assertThat(mean).doesNotContain(0f);

    BatchNorm layer = new BatchNorm("bn", 1, 1, MOMENTUM);
    layer.buffers().get(0).value().set(2, 0);
    layer.buffers().get(1).value().set(3, 0);
    Variable x = Variable.constant(Tensor.of(Shape.of(1, 2), 2, 6));
    assertThat(Pass.evaluation().through(layer, x).value().toArray()).containsExactly(0, 2);

    network.loss(batch, Pass.evaluation());
    network.loss(batch, Pass.connections(Pass.Mode.EVALUATE, new Seed(0), p -> true));
    assertThat(state(network, "bn1.running_mean")).isEqualTo(mean);
    assertThat(state(network, "bn1.running_var")).isEqualTo(variance);
  }

  @Test
  void theRunningStatisticsOutliveTheWorkspaceOfAStep() {
    Workspace workspace = new Workspace();
    Network whole = network();
    for (int step = 0; step < 5; step++) {
      whole.loss(batch, Pass.training(new Seed(step)));
      int now = step;
      float inStep =
          workspace.run(() -> network.loss(batch, Pass.training(new Seed(now))).value().item());
      assertThat(inStep).isFinite();
    }
    assertThat(state(network, "bn1.running_mean")).isEqualTo(state(whole, "bn1.running_mean"));
    assertThat(state(network, "bn1.running_var")).isEqualTo(state(whole, "bn1.running_var"));
  }

  @Test
  void scaleAndShiftAreNoConnectionsAndDoNotDecay() {
    assertThat(network.connections()).isEqualTo(2 * 3 + 3);
    Optimizer optimizer = new Optimizer(new Sgd(0, false, 0.5), network);
    Pass pass = Pass.training(new Seed(1));
    Variable loss = network.loss(batch, pass);
    var gradients = loss.backward();
    Map<String, Tensor> before = network.snapshot().values();
    optimizer.step(pass, gradients, 0.1);
    for (String name : new String[] {"bn1.weight", "bn1.bias", "fc.bias", "fc.weight"}) {
      float w = Objects.requireNonNull(before.get(name)).at(1);
      float g = gradients.of(pass.variable(network.parameter(name))).at(1);
      float decay = name.startsWith("bn") ? 0 : 0.5f;
      assertThat(state(network, name)[1])
          .as(name)
          .isCloseTo(w - 0.1f * (g + decay * w), within(1e-6f));
    }
  }

  @Test
  void theRunningStatisticsAreInSnapshotsAndFiles() throws IOException {
    NetworkSnapshot fresh = network.snapshot();
    network.loss(batch, Pass.training(new Seed(1)));
    Path file = folder.resolve("network.npz");
    NetworkFile.save(file, network);
    float[] mean = state(network, "bn1.running_mean");
    network.restore(fresh);
    assertThat(state(network, "bn1.running_mean")).containsOnly(0);
    NetworkFile.load(file, network);
    assertThat(state(network, "bn1.running_mean")).isEqualTo(mean);
  }

  @Test
  void aFileOfPyTorchMayCountItsBatchesButMustHaveTheStatistics() throws IOException {
    Path file = folder.resolve("torch.npz");
    NpzWriter writer = new NpzWriter();
    network.state().forEach(writer::put);
    writer.put("bn1.num_batches_tracked", new int[] {7}).write(file);
    NetworkFile.load(file, network);

    NpzWriter less = new NpzWriter();
    network.parameters().forEach(p -> less.put(p.name(), p.value()));
    less.write(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> NetworkFile.load(file, network))
        .withMessageContaining("missing: bn1.running_mean, bn1.running_var");
  }

  @Test
  void aSnapshotOfAnotherNetworkIsRefusedBeforeAnythingChanges() {
    Map<String, Tensor> values = new LinkedHashMap<>(network.snapshot().values());
    values.put("fc.weight", Tensor.full(network.parameter("fc.weight").shape(), 9));
    values.remove("bn1.running_var");
    NetworkSnapshot other = new NetworkSnapshot(network.structures(), values);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.restore(other))
        .withMessage("test: the snapshot has no bn1.running_var: expected bn1.running_var[2]");
    assertThat(state(network, "fc.weight")).doesNotContain(9);
  }

  @Test
  void oneValuePerChannelIsRefusedInTrainingAndInTrainingModeScoring() {
    Batch one = new Batch(RandomTensors.normal(1, 2, 1), new int[] {0});
    for (Pass pass :
        List.of(
            Pass.training(new Seed(1)),
            Pass.connections(Pass.Mode.TRAIN, new Seed(1), p -> true))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.loss(one, pass))
          .withMessageStartingWith("bn1: batch norm: x [2, 1] has one value per channel");
    }
    assertThat(state(network, "bn1.running_mean")).containsOnly(0);
    assertThat(network.loss(one, Pass.evaluation()).value().item()).isFinite();
  }

  @Test
  void wrongChannelsNameTheLayer() {
    Variable x = Variable.constant(RandomTensors.normal(1, 4, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pass.evaluation().through(new BatchNorm("bn7", 3), x))
        .withMessage("bn7: batch norm: x [4, 5]: scale [3] and shift [3] must be [4]");
    assertThatIllegalArgumentException().isThrownBy(() -> new BatchNorm("bn", 3, 0, 0.1));
  }
}
