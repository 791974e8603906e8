package io.github.snip4j.snip.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.LayerNorm;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.RowsAsSequence;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.SmallNetworks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  private static final Seed SEED = new Seed(4);

  /** A network whose biases, scales and running statistics are not those of a fresh one. */
  private static Network network(String name) {
    Network network =
        Objects.requireNonNull(Models.named(name)).create(VarianceScaling.glorot(), SEED);
    network
        .state()
        .forEach(
            (key, value) -> {
              if (value.shape().rank() == 1) {
                for (int i = 0; i < value.size(); i++) {
                  value.put(i, value.at(i) + (float) (0.3 * SEED.child(key).uniform(i)));
                }
              }
            });
    network.parameters().forEach(Parameter::changed);
    return network;
  }

  @Test
  void groupsKeepMultiplesOfANumberIfThatIsAskedFor() {
    Network network = network("vgg-like-quarter");
    Units units = Units.of(network);
    Batch batch = SmallNetworks.batch(network, 5, 4);
    Map<UnitGroup, double[]> scores =
        UnitCriterion.connectionSensitivity().score(network, units, batch);
    KeptUnits kept = UnitSelection.keepArithmetic(units, scores, 0.5, 8);
    assertThat(units.groups()).allMatch(group -> kept.of(group) % 8 == 0 && kept.of(group) > 0);
    assertThat((double) kept.multiplyAdds() / units.multiplyAdds()).isBetween(0.42, 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnitSelection.keepArithmetic(units, scores, 0.5, 0))
        .withMessage("units: multiples of 0: expected 1 or more");
  }

  @ParameterizedTest
  @CsvSource({
    "lenet-300-100, 0.5",
    "lenet-5-caffe, 0.3",
    "vgg-like-quarter, 0.5",
    "wrn-10-2, 0.5",
    "resnet-20, 0.5",
    "mobilenet-v2, 0.6",
    "lstm-s, 0.4",
    "gru-s, 0.4"
  })
  void aSmallerNetworkGivesWhatTheMaskedOneGives(String name, double share) {
    Network network = network(name);
    Units units = Units.of(network);
    Batch batch = SmallNetworks.batch(network, 5, 4);
    Map<UnitGroup, double[]> scores =
        UnitCriterion.connectionSensitivity().score(network, units, batch);
    KeptUnits kept = UnitSelection.keepArithmetic(units, scores, share);
    assertThat(kept.multiplyAdds()).isLessThanOrEqualTo((long) (share * units.multiplyAdds()));
    assertThat((double) kept.multiplyAdds()).isGreaterThan(0.8 * share * units.multiplyAdds());

    Network smaller = kept.network();
    Network masked = network.restructured(kept.masks());
    float[] expected = masked.logits(batch.x()).toArray();
    float[] actual = smaller.logits(batch.x()).toArray();
    float largest = 0;
    for (float y : expected) {
      largest = Math.max(largest, Math.abs(y));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("%d", i).isCloseTo(expected[i], within(1e-5f * largest));
    }
    assertThat(Units.of(smaller).multiplyAdds()).isEqualTo(kept.multiplyAdds());
    int numbers = smaller.parameters().stream().mapToInt(Parameter::size).sum();
    assertThat(numbers).isLessThan(network.parameters().stream().mapToInt(Parameter::size).sum());
  }

  @Test
  void exactlyAsManyUnitsStayAsAreAskedFor() {
    Network network = network("lenet-300-100");
    Units units = Units.of(network);
    assertThat(units.groups()).hasToString("[300 units of fc1, 100 units of fc2]");
    Batch batch = SmallNetworks.batch(network, 5, 10);
    KeptUnits kept =
        UnitSelection.keep(units, UnitCriterion.l1().score(network, units, batch), 123);
    assertThat(kept.count()).isEqualTo(123);
    int fc1 = kept.of(units.groups().get(0));
    assertThat(kept.network().parameter("fc2.weight").shape()).isEqualTo(Shape.of(123 - fc1, fc1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> UnitSelection.keep(units, UnitCriterion.l1().score(network, units, batch), 1))
        .withMessage("units: keep 1: expected 2, one of each group, to 400");
  }

  /** A block's channels go with those that it is added to. */
  @Test
  void residualSumsTieChannels() {
    Units units = Units.of(network("wrn-10-2"));
    assertThat(units.groups())
        .extracting(UnitGroup::toString)
        .anyMatch(group -> group.contains("block1.0.conv2") || group.split(",").length >= 2);
    int ofParameters = 0;
    for (UnitGroup group : units.groups()) {
      ofParameters += (int) group.slices().stream().filter(s -> s.axis() == 0).count();
      assertThat(group.layers()).isNotEmpty();
    }
    assertThat(ofParameters).isPositive();
  }

  /** Scores counted by hand on a network of two layers. */
  @Test
  void scoresOfUnitsAreSumsOverTheirConnections() {
    Network network = SmallNetworks.withBiases(SmallNetworks.connected(4, 3, 2));
    Units units = Units.of(network);
    Batch batch = SmallNetworks.batch(network, 5, 6);
    UnitGroup hidden = units.groups().get(0);
    Map<String, Tensor> g = ConnectionSensitivity.of(network, batch, Biases.SCORED);
    double[] received = new double[3];
    double[] sent = new double[3];
    double[] l1 = new double[3];
    for (int u = 0; u < 3; u++) {
      received[u] = Objects.requireNonNull(g.get("fc1.bias")).at(u);
      for (int i = 0; i < 4; i++) {
        received[u] += Objects.requireNonNull(g.get("fc1.weight")).at(u * 4 + i);
        l1[u] += Math.abs(network.parameter("fc1.weight").value().at(u * 4 + i));
      }
      for (int o = 0; o < 2; o++) {
        sent[u] += Objects.requireNonNull(g.get("fc2.weight")).at(o * 3 + u);
      }
    }
    double length = Math.sqrt(l1[0] * l1[0] + l1[1] * l1[1] + l1[2] * l1[2]);
    for (int u = 0; u < 3; u++) {
      l1[u] /= length;
    }
    Map<UnitCriterion, double[]> expected = new LinkedHashMap<>();
    expected.put(UnitCriterion.connectionSensitivity(), received);
    expected.put(UnitCriterion.skeletonization(), sent);
    expected.put(UnitCriterion.l1(), l1);
    expected.forEach(
        (criterion, sums) -> {
          double[] scores =
              Objects.requireNonNull(criterion.score(network, units, batch).get(hidden));
          for (int u = 0; u < 3; u++) {
            assertThat(scores[u]).isCloseTo(Math.abs(sums[u]), within(1e-6));
          }
        });
    // what a ReLU unit receives and what it sends is the same, as Euler's rule says
    for (int u = 0; u < 3; u++) {
      assertThat(received[u]).isCloseTo(sent[u], within(1e-5));
    }
    double[] taylor =
        Objects.requireNonNull(UnitCriterion.taylor().score(network, units, batch).get(hidden));
    double squares = 0;
    for (double score : taylor) {
      squares += score * score;
    }
    assertThat(squares).isCloseTo(1, within(1e-9));
  }

  private static void assertSmallerGivesWhatMaskedGives(Network network, double share) {
    Units units = Units.of(network);
    Batch batch = SmallNetworks.batch(network, 5, 4);
    KeptUnits kept =
        UnitSelection.keepArithmetic(
            units, UnitCriterion.skeletonization().score(network, units, batch), share);
    float[] expected = network.restructured(kept.masks()).logits(batch.x()).toArray();
    float[] actual = kept.network().logits(batch.x()).toArray();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("%d", i).isCloseTo(expected[i], within(1e-5f));
    }
  }

  /** Its batch norm has a number for each pixel, so that a channel has many. */
  @Test
  void flattenedPicturesMayBeNormalised() {
    VarianceScaling init = VarianceScaling.glorot();
    Network network =
        new Network(
            "flat",
            Shape.of(2, 5, 5),
            3,
            new Sequential(
                new Conv2d("conv", Shape.of(6, 2, 3, 3), Conv2dSpec.VALID, init, SEED),
                new Flatten(),
                new BatchNorm("norm", 6 * 9),
                new Relu(),
                new Linear("fc", 6 * 9, 3, init, SEED)));
    for (int i = 0; i < 54; i++) {
      network.parameter("norm.bias").value().put(i, (float) SEED.uniform(i));
    }
    network.parameter("norm.bias").changed();
    assertSmallerGivesWhatMaskedGives(network, 0.5);
  }

  /** The inner block ties the channels that the outer one adds to, after it was entered. */
  @Test
  void blocksWithinBlocksTieTheSameChannels() {
    VarianceScaling init = VarianceScaling.glorot();
    Conv2dSpec same = Conv2dSpec.VALID.withPadding(1);
    Network network =
        new Network(
            "nested",
            Shape.of(2, 5, 5),
            3,
            new Sequential(
                new Conv2d("first", Shape.of(8, 2, 3, 3), same, init, SEED),
                new Residual(
                    "outer",
                    new Residual(
                        "inner",
                        new Conv2d("each", Shape.of(8, 1, 3, 3), same.withGroups(8), init, SEED),
                        new Conv2d("around", Shape.of(8, 8, 1, 1), Conv2dSpec.VALID, init, SEED))),
                new Conv2d("last", Shape.of(6, 8, 3, 3), same, init, SEED),
                new Flatten(),
                new Linear("fc", 6 * 25, 3, init, SEED)));
    assertThat(Units.of(network).groups())
        .hasToString("[8 units of around, first, each, 6 units of last]");
    assertSmallerGivesWhatMaskedGives(network, 0.5);
  }

  @Test
  void flattenedSequencesAreRefused() {
    VarianceScaling init = VarianceScaling.glorot();
    Network network =
        new Network(
            "sequence",
            Shape.of(1, 4, 3),
            2,
            new Sequential(
                new RowsAsSequence(),
                new Lstm("lstm", 3, 5, 1f, init, SEED),
                new Flatten(),
                new Linear("fc", 20, 2, init, SEED)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Units.of(network))
        .withMessageContaining("a sequence that is flattened is not followed");
  }

  @Test
  void refusesWhatIsNotFollowed() {
    VarianceScaling init = VarianceScaling.glorot();
    Network normed =
        new Network(
            "normed",
            Shape.of(4),
            2,
            new Sequential(
                new Linear("fc1", 4, 3, init, SEED),
                new LayerNorm("norm", 3),
                new Relu(),
                new Linear("fc2", 3, 2, init, SEED)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Units.of(normed))
        .withMessageContaining("layers of the kind layer-norm are not followed");
    Network network = network("lenet-300-100");
    Units units = Units.of(network);
    Batch batch = SmallNetworks.batch(network, 5, 4);
    Map<UnitGroup, double[]> scores = UnitCriterion.l1().score(network, units, batch);
    Network pruned = network.restructured(UnitSelection.keep(units, scores, 50).masks());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Units.of(pruned))
        .withMessageContaining("is pruned: expected a whole network");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnitSelection.keepArithmetic(units, scores, 0.001))
        .withMessageContaining("cannot be reached: one unit of each group takes 0.00298");
  }
}
