package io.github.snip4j.nn.train;

import static io.github.snip4j.nn.train.SmallTask.DATA;
import static io.github.snip4j.nn.train.SmallTask.SEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Dropout;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.objective.CrossEntropy;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that are cut into parts, here and as on other machines. */
class DataParallelTest {
  private static final Schedule RATE = Schedule.piecewise(0.1, 0.1, 6);

  private static Optimizer optimizer(Network network) {
    return new Optimizer(new Sgd(0.9, false, 1e-3), network);
  }

  /** Pruned, with dropout and a batch norm. */
  private static Network pruned() {
    VarianceScaling init = VarianceScaling.glorot();
    Network network =
        new Network(
            "pruned",
            Shape.of(4),
            3,
            new Sequential(
                new Linear("fc1", 4, 32, init, SEED),
                new BatchNorm("bn", 32),
                new Relu(),
                new Dropout("drop", 0.3),
                new Linear("fc2", 32, 3, init, SEED)));
    return network.restructured(
        Map.of("fc1.weight", mask(Shape.of(32, 4)), "fc2.weight", mask(Shape.of(3, 32))));
  }

  private static Mask mask(Shape shape) {
    boolean[] keep = new boolean[shape.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = i % 3 == 1;
    }
    return new Mask(shape, keep);
  }

  private static List<float[]> bits(Network network, Optimizer optimizer) {
    List<float[]> bits = new ArrayList<>();
    network.state().values().forEach(value -> bits.add(value.toArray()));
    optimizer.state().values().forEach(value -> bits.add(value.toArray()));
    return bits;
  }

  private static Tensor value(Network network, String name) {
    return Objects.requireNonNull(network.state().get(name));
  }

  private static void assertNear(Network a, Network b) {
    a.state()
        .forEach(
            (name, value) -> {
              Tensor other = value(b, name);
              for (int i = 0; i < value.size(); i++) {
                assertThat((double) value.at(i))
                    .as(name + " " + i)
                    .isCloseTo(other.at(i), within(1e-6));
              }
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 16})
  void partsAreOneBatchUpToRounding(int parts) {
    Network whole = SmallTask.trained(SmallTask.network(0), TrainingOptions.PLAIN, 16, 10);
    Network cut =
        SmallTask.trained(SmallTask.network(0), TrainingOptions.PLAIN.inParts(parts), 16, 10);
    assertNear(cut, whole);
  }

  /** Their means are over unequal weights; and of the last four labels none counts. */
  @Test
  void partsWeighWhatTheObjectiveCounts() {
    CrossEntropy objective = CrossEntropy.PLAIN.weighted(1.0, 5.0, 0.1).ignoring(0);
    int[] labels = {1, 2, 0, 1, 2, 2, 0, 1, 0, 0, 0, 0};
    Batch all = new Batch(DATA.inOrder(12).at(0).x(), labels);
    List<Network> trained = new ArrayList<>();
    for (int parts : new int[] {1, 3}) {
      Network network = SmallTask.network(0).with(objective);
      TrainingOptions how = TrainingOptions.PLAIN.inParts(parts);
      Trainer.fit(network, source(all), optimizer(network), RATE, how, 0, 5, SEED);
      trained.add(network);
    }
    assertNear(trained.get(1), trained.get(0));
    Batch none = new Batch(all.x(), new int[12]);
    Network network = SmallTask.network(0).with(objective);
    TrainingOptions how = TrainingOptions.PLAIN.inParts(3);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Trainer.fit(network, source(none), optimizer(network), RATE, how, 0, 5, SEED))
        .withMessage("training: none of the targets of this step counts");
  }

  private static BatchSource source(Batch same) {
    return new BatchSource() {
      @Override
      public Batch at(long step) {
        return same;
      }

      @Override
      public int batchesPerEpoch() {
        return 1;
      }
    };
  }

  /** A network and its optimiser on each machine; bytes go between them. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void partsOnMachinesOfTheirOwnGiveTheBitsOfOneThatComputesAll(int parts) {
    TrainingOptions how = TrainingOptions.PLAIN.inParts(parts).clippingNorm(0.5);
    BatchSource batches = DATA.shuffled(13, SEED); // 13, 13, 13, 9
    Network alone = pruned();
    Optimizer mover = optimizer(alone);
    Trainer.fit(alone, batches, mover, RATE, how, 0, 12, SEED);

    List<DataParallel> machines = new ArrayList<>();
    for (int k = 0; k <= parts; k++) { // the last one computes no part
      Network copy = pruned();
      machines.add(new DataParallel(copy, optimizer(copy), how));
    }
    DataParallel meeting = machines.get(parts);
    GradientSum sum = new GradientSum();
    List<Float> losses = new ArrayList<>();
    Trainer.fit(
        meeting,
        (step, rate) -> {
          sum.clear();
          for (int k = 0; k < parts; k++) {
            GradientSum part = new GradientSum();
            Batch own = batches.at(step).part(k, parts);
            machines.get(k).add(part, own, k, step, rate, SEED.child(step));
            assertThat(part.size()).isEqualTo(meeting.size());
            sum.add(sent(part, meeting.size()));
          }
          for (int k = 0; k < parts; k++) {
            machines.get(k).step(sent(sum, meeting.size()), rate);
          }
          return sum;
        },
        RATE,
        0,
        12,
        step -> losses.add(step.loss()));
    assertThat(losses).hasSize(12).allMatch(loss -> loss > 0 && loss < 3);
    for (DataParallel machine : machines) {
      assertThat(bits(machine.network(), machine.optimizer()))
          .usingRecursiveComparison()
          .isEqualTo(bits(alone, mover));
    }
  }

  private static GradientSum sent(GradientSum sum, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(sum.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    sum.write(bytes);
    GradientSum arrived = new GradientSum();
    arrived.read(bytes.flip(), size);
    return arrived;
  }

  @Test
  void theBitsDoNotDependOnTheNumberOfThreads() {
    Tensor x = Tensor.zeros(Shape.of(1, 28, 28, 64));
    for (int i = 0; i < x.size(); i++) {
      x.put(i, (float) SEED.normal(i));
    }
    int[] labels = new int[64];
    Arrays.setAll(labels, n -> n % 10);
    Batch batch = new Batch(x, labels);
    List<List<float[]>> bits = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3}) {
      Network network = LeNet300100.create(SEED);
      Optimizer optimizer = optimizer(network);
      TrainingOptions how = TrainingOptions.PLAIN.inParts(2);
      Parallel.withOwnThreads(
          threads, () -> Trainer.fit(network, source(batch), optimizer, RATE, how, 0, 5, SEED));
      bits.add(bits(network, optimizer));
    }
    assertThat(bits.get(1)).usingRecursiveComparison().isEqualTo(bits.get(0));
    assertThat(bits.get(2)).usingRecursiveComparison().isEqualTo(bits.get(0));
  }

  private static Network normalized(double momentum) {
    BatchNorm norm = new BatchNorm("bn", 4, 1e-3, momentum);
    VarianceScaling init = VarianceScaling.glorot();
    return new Network(
        "normalized", Shape.of(4), 3, new Sequential(norm, new Linear("fc", 4, 3, init, SEED)));
  }

  @Test
  void runningStatisticsAreTheMeanOverTheParts() {
    Network whole = SmallTask.trained(normalized(0.5), TrainingOptions.PLAIN, 48, 1);
    Network cut = SmallTask.trained(normalized(0.5), TrainingOptions.PLAIN.inParts(4), 48, 1);
    float[] mean = value(cut, "bn.running_mean").toArray();
    float[] variance = value(cut, "bn.running_var").toArray();
    for (int k = 0; k < 4; k++) {
      assertThat((double) mean[k]).isCloseTo(value(whole, "bn.running_mean").at(k), within(1e-6));
      double expected = 0;
      for (int part = 0; part < 4; part++) {
        Network one =
            SmallTask.trained(
                normalized(0.5), TrainingOptions.PLAIN, DATA.inOrder(12), part, part + 1);
        expected += value(one, "bn.running_var").at(k) / 4;
      }
      assertThat((double) variance[k]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void runningStatisticsThatStayDoSoToTheBit() {
    Network network = normalized(0);
    value(network, "bn.running_mean").put(1, 0.1f);
    SmallTask.trained(network, TrainingOptions.PLAIN.inParts(3), 40, 50);
    assertThat(value(network, "bn.running_mean").toArray()).containsExactly(0, 0.1f, 0, 0);
    assertThat(value(network, "bn.running_var").toArray()).containsExactly(1, 1, 1, 1);
  }

  @Test
  void partsWithoutExamplesAddNothing() {
    Network whole = SmallTask.trained(SmallTask.network(0), TrainingOptions.PLAIN, 3, 10);
    Network cut = SmallTask.trained(SmallTask.network(0), TrainingOptions.PLAIN.inParts(5), 3, 10);
    assertNear(cut, whole);
  }

  @Test
  void aPartThatDivergesSaysWhenAndHow() {
    Network network = SmallTask.network(0);
    network.parameter("fc2.bias").value().put(0, Float.NaN);
    DataParallel parallel =
        new DataParallel(network, optimizer(network), TrainingOptions.PLAIN.inParts(2));
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() -> parallel.add(new GradientSum(), DATA.all(), 1, 6, 0.25, SEED))
        .withMessageContaining("the loss is NaN at step 7 with learning rate 0.25; fc2.bias");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Network network = SmallTask.network(0);
    DataParallel parallel =
        new DataParallel(network, optimizer(network), TrainingOptions.PLAIN.inParts(2));
    GradientSum sum = new GradientSum();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parallel.add(sum, DATA.all(), 2, 0, 0.1, new Seed(1)))
        .withMessage("training: part 2: expected 0 to below 2");
    Network other = pruned();
    new DataParallel(other, optimizer(other), TrainingOptions.PLAIN.inParts(2))
        .add(sum, DATA.all(), 0, 0, 0.1, SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parallel.step(sum, 0.1))
        .withMessage("training: a sum of " + sum.size() + " values: expected 67");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parallel.add(sum, DATA.all(), 1, 0, 0.1, SEED))
        .withMessage("gradients: 67 values to be added to " + sum.size() + ": expected as many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingOptions.PLAIN.inParts(2).accumulating(2))
        .withMessageContaining("2 parts of a batch, 2 batches a step");
  }
}
