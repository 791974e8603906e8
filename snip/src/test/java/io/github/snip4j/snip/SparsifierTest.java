package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.TimeDistributed;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A network that computes with what is kept against the same with zeros. */
class SparsifierTest {
  private static final VarianceScaling INIT = VarianceScaling.lecun();
  private static final Seed SEED = new Seed(3);

  /** Layers of every kind with an input's shape, the batch left out. */
  static Stream<Arguments> layers() {
    Conv2dSpec same = Conv2dSpec.VALID.withPadding(1);
    return Stream.of(
            Arguments.of(new Linear("linear", 37, 19, INIT, SEED), Shape.of(37)),
            Arguments.of(conv("valid", Shape.of(7, 3, 3, 3), Conv2dSpec.VALID), Shape.of(3, 9, 8)),
            Arguments.of(conv("padded", Shape.of(7, 6, 3, 3), same), Shape.of(6, 5, 4)),
            Arguments.of(conv("one", Shape.of(9, 5, 1, 1), Conv2dSpec.VALID), Shape.of(5, 4, 3)),
            Arguments.of(
                conv("strided", Shape.of(5, 4, 5, 5), Conv2dSpec.VALID.withStride(2)),
                Shape.of(4, 9, 11)),
            Arguments.of(
                conv(
                    "uneven",
                    Shape.of(5, 4, 3, 3),
                    Conv2dSpec.VALID.withStride(2).withPadding(0, 1, 0, 1)),
                Shape.of(4, 8, 8)),
            Arguments.of(
                conv("grouped", Shape.of(6, 2, 3, 3), same.withGroups(2)), Shape.of(4, 6, 5)),
            Arguments.of(
                conv("dilated", Shape.of(4, 3, 3, 3), same.withDilation(2)), Shape.of(3, 7, 7)),
            Arguments.of(new Lstm("lstm", 5, 6, 1f, INIT, SEED), Shape.of(4, 5)),
            Arguments.of(
                new Gru("gru", 5, 6, Gru.Reset.BEFORE_PRODUCT, INIT, SEED), Shape.of(4, 5)),
            Arguments.of(
                new Gru("gruAfter", 5, 6, Gru.Reset.AFTER_PRODUCT, INIT, SEED), Shape.of(4, 5)),
            Arguments.of(new TimeDistributed(new Linear("each", 7, 5, INIT, SEED)), Shape.of(4, 7)))
        .flatMap(
            one ->
                Stream.of(1, 7, 100, 128)
                    .map(batch -> Arguments.of(one.get()[0], one.get()[1], batch)));
  }

  private static Conv2d conv(String name, Shape filters, Conv2dSpec spec) {
    return new Conv2d(name, filters, spec, INIT, SEED);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void valuesAndGradientsAreThoseOfTheLayerWithZeros(Layer layer, Shape input, int batch) {
    for (double density : new double[] {0, 0.05, 0.5}) {
      Layer zeros = layer.on(p -> p.restructured(mask(p, density), Storage.DENSE));
      Layer sparse = layer.on(p -> p.restructured(mask(p, density), Storage.SPARSE));
      Tensor x = RandomTensors.normal(5, input.append(batch).toArray());
      List<Tensor> expected = valueAndGradients(zeros, x);
      List<Tensor> actual = valueAndGradients(sparse, x);
      for (int i = 0; i < expected.size(); i++) {
        assertClose(actual.get(i), expected.get(i), "tensor " + i + " at density " + density);
      }
    }
  }

  private static Mask mask(Parameter p, double density) {
    boolean[] keep = new boolean[p.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = SEED.child(p.name()).uniform(i) < density;
    }
    return new Mask(p.shape(), keep);
  }

  /** y, dx, and the gradient of each parameter's kept values. */
  private static List<Tensor> valueAndGradients(Layer layer, Tensor input) {
    Pass pass = Pass.training(SEED);
    Variable x = Variable.leaf(input);
    Variable y = pass.through(layer, x);
    Gradients gradients = y.backward(RandomTensors.normal(6, y.shape().toArray()));
    List<Tensor> all = new ArrayList<>(List.of(y.value(), gradients.of(x)));
    for (Parameter p : layer.parameters()) {
      if (p.value().size() > 0) {
        all.add(gradients.of(pass.values(p)));
      }
    }
    return all;
  }

  private static void assertClose(Tensor actual, Tensor expected, String what) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    double largest = 20; // sums of over a thousand terms may cancel
    for (float value : expected.toArray()) {
      largest = Math.max(largest, Math.abs(value));
    }
    float[] a = actual.toArray();
    float[] e = expected.toArray();
    for (int i = 0; i < e.length; i++) {
      assertThat((double) a[i]).as("%s, %d", what, i).isCloseTo(e[i], within(2e-6 * largest));
    }
  }

  @ParameterizedTest
  @CsvSource({"lenet-300-100, 0.98", "lenet-5-caffe, 0.98", "lstm-s, 0.95", "gru-s, 0.95"})
  void theLossesOfTwentyStepsAreThoseOfTheMaskedNetwork(String name, double sparsity) {
    Network network = Objects.requireNonNull(Models.named(name)).create(INIT, SEED);
    BatchSource batches = noise(network, 20);
    Map<String, Mask> masks = masks(network, batches, sparsity).byName();
    Map<String, Storage> storage = Sparsifier.storage(masks);
    assertThat(storage.values()).contains(Storage.SPARSE);
    List<Float> masked = losses(network.restructured(masks, Map.of()), batches);
    List<Float> sparse = losses(network.restructured(masks, storage), batches);
    for (int i = 0; i < masked.size(); i++) {
      assertThat(sparse.get(i) / masked.get(i)).as("step %d", i).isCloseTo(1f, within(1e-4f));
    }
  }

  private static Masks masks(Network network, BatchSource batches, double sparsity) {
    Scores scores = ConnectionSensitivity.score(network, batches.at(0));
    return Masks.keepTop(scores, Kappa.of(scores.size(), sparsity));
  }

  private static List<Float> losses(Network network, BatchSource batches) {
    List<Float> losses = new ArrayList<>();
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), network);
    Trainer.fit(
        network,
        batches,
        optimizer,
        Schedule.constant(0.02),
        20,
        SEED,
        step -> losses.add(step.loss()));
    return losses;
  }

  /** Two batches of noise and labels. */
  private static BatchSource noise(Network network, int size) {
    return new BatchSource() {
      @Override
      public Batch at(long step) {
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
          labels[i] = (int) ((i + step) % 10);
        }
        return new Batch(
            RandomTensors.normal(7 + step % 2, network.input().append(size).toArray()), labels);
      }

      @Override
      public int batchesPerEpoch() {
        return 2;
      }
    };
  }

  @Test
  void theNetworkIsACopyAndComesBackDense() {
    Network network = LeNet300100.create(SEED);
    Map<String, Tensor> before = network.snapshot().values();
    BatchSource batches = noise(network, 20);
    Masks masks = masks(network, batches, 0.98);
    Network sparse = Sparsifier.compile(network, masks);
    losses(sparse, batches);
    before.forEach(
        (name, value) ->
            assertThat(network.parameter(name).value().toArray()).isEqualTo(value.toArray()));

    Network dense = Sparsifier.toDense(sparse);
    assertThat(dense.masks()).isEmpty();
    for (Parameter p : dense.parameters()) {
      Mask mask = masks.of(p.name());
      assertThat(p.value().shape()).isEqualTo(p.shape());
      for (int i = 0; i < p.size(); i++) {
        if (!mask.keeps(i)) {
          assertThat(p.value().at(i)).isZero();
        }
      }
    }
    Variable x = Variable.constant(batches.at(0).x());
    assertClose(
        sparse.forward(x, Pass.evaluation()).value(),
        dense.forward(x, Pass.evaluation()).value(),
        "logits");
  }

  @Test
  void masksComeBackAsTheyWere() {
    Network network = LeNet300100.create(SEED);
    Masks masks = masks(network, noise(network, 20), 0.5);
    Map<String, Mask> back = Sparsifier.compile(network, masks).masks();
    assertThat(back.keySet()).isEqualTo(masks.byName().keySet());
    back.forEach((name, mask) -> assertThat(mask.toArray()).isEqualTo(masks.of(name).toArray()));
  }

  @Test
  void aTrialChoosesAKernelForEveryMask() {
    Network network = Objects.requireNonNull(Models.named("lenet-5-caffe")).create(INIT, SEED);
    BatchSource batches = noise(network, 20);
    Map<String, Mask> masks = new LinkedHashMap<>(masks(network, batches, 0.99).byName());
    Map<String, Storage> storage = KernelAutotuner.storage(network, masks, batches.at(0));
    assertThat(storage.keySet()).isEqualTo(masks.keySet());
    assertThat(storage).containsEntry("fc1.weight", Storage.SPARSE);
    assertThat(storage).containsEntry("fc1.bias", Storage.DENSE);
  }

  @Test
  void aNetworkWithZerosIsStoredWithoutThem() {
    Network network = SmallNetworks.connected(3, 2);
    Tensor w = Tensor.of(Shape.of(2, 3), 0.5f, 0, -2, 0, -0f, 1);
    network.parameter("fc1.weight").value().copyFrom(w);
    network.parameter("fc1.weight").changed();
    network.parameter("fc1.bias").value().put(1, 3);
    network.parameter("fc1.bias").changed();

    Masks all = Masks.nonZero(network, Biases.SCORED);
    assertThat(all.of("fc1.weight").keptPositions()).containsExactly(0, 2, 5);
    assertThat(all.of("fc1.bias").keptPositions()).containsExactly(1);
    assertThat(Masks.nonZero(network, Biases.EXCLUDED).byName()).containsOnlyKeys("fc1.weight");

    Network sparse = Sparsifier.compile(network, all);
    assertThat(sparse.parameter("fc1.weight").value().toArray()).containsExactly(0.5f, -2, 1);
    assertThat(Masks.nonZero(sparse, Biases.SCORED).kept()).isEqualTo(4);
  }
}
