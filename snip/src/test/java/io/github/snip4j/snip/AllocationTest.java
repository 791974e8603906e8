package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.snip.criterion.Magnitude;
import io.github.snip4j.snip.criterion.RandomScores;
import io.github.snip4j.snip.criterion.SynapticFlow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How kappa is shared out, and what scopes, ties and the checks of Frankle et al. do to masks. */
class AllocationTest {
  private final Connections connections =
      Connections.of(LeNet300100.create(new Seed(1)), Biases.EXCLUDED, List.of(), new Seed(2));
  private final Scores scores = new Magnitude().score(connections);

  private static double density(Masks masks, String layer) {
    Mask mask = masks.of(layer + ".weight");
    return (double) mask.kept() / mask.shape().size();
  }

  @Test
  void uniformMeansTheSameDensityInEveryLayer() {
    Masks masks = Allocation.uniform().keep(scores, 26_620);
    assertThat(masks.kept()).isEqualTo(26_620);
    for (String layer : List.of("fc1", "fc2", "fc3")) {
      assertThat(density(masks, layer)).isCloseTo(0.1, within(1e-3));
    }
  }

  @Test
  void erdosRenyiKeepsMoreOfSmallLayersAndAllOfThoseThatAreFull() {
    Masks masks = Allocation.erdosRenyiKernel().keep(scores, 26_620);
    // 1084, 400 and 110: what fc3 would have beyond its 1,000 goes to the others
    assertThat(masks.of("fc3.weight").kept()).isEqualTo(1_000);
    assertThat(masks.of("fc1.weight").kept()).isCloseTo(25_620 * 1_084 / 1_484, within(1));
    assertThat(masks.of("fc2.weight").kept()).isCloseTo(25_620 * 400 / 1_484, within(1));
    assertThat(masks.kept()).isEqualTo(26_620);
    Masks kernels =
        Allocation.erdosRenyiKernel()
            .keep(new RandomScores().score(connectionsOf(SmallNetworks.residual())), 200);
    int conv1 = kernels.of("conv1.weight").kept(); // 6 + 2 + 3 + 3
    int conv2 = kernels.of("conv2.weight").kept(); // 6 + 6 + 3 + 3
    assertThat((double) conv1 / conv2).isCloseTo(14 / 18.0, within(0.05));
  }

  private static Connections connectionsOf(Network network) {
    return Connections.of(network, Biases.EXCLUDED, List.of(), new Seed(2));
  }

  @Test
  void densitiesOfOnesOwnAreToEachOtherAsGiven() {
    Allocation own = Allocation.perLayer(Map.of("fc1", 0.03, "fc2", 0.17, "fc3", 0.56));
    Masks masks = own.keep(scores, 13_310);
    double unit = density(masks, "fc1") / 0.03;
    assertThat(density(masks, "fc2")).isCloseTo(0.17 * unit, within(1e-3));
    assertThat(density(masks, "fc3")).isCloseTo(0.56 * unit, within(2e-3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Allocation.perLayer(Map.of("fc1", 1.0)).keep(scores, 10))
        .withMessage("densities: fc2 has none: expected a number of 0 or more for each layer");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Allocation.perLayer(Map.of("fc1", 0.0, "fc2", 0.0, "fc3", 1.0)).keep(scores, 1_001))
        .withMessage("kappa 1001: expected at most 1000, all that the layers may keep");
  }

  @Test
  void quotasAreExactAndMasksNestedForEveryKappa() {
    Scores small = new RandomScores().score(connectionsOf(SmallNetworks.connected(7, 5, 3)));
    for (Allocation allocation :
        List.of(Allocation.global(), Allocation.uniform(), Allocation.erdosRenyiKernel())) {
      Masks denser = allocation.keep(small, small.size());
      for (int kappa = small.size(); kappa >= 1; kappa--) {
        Masks masks = allocation.keep(small, kappa);
        assertThat(masks.kept()).isEqualTo(kappa);
        for (String name : small.names()) {
          for (int j : masks.of(name).keptPositions()) {
            assertThat(denser.of(name).keeps(j)).isTrue();
          }
        }
        denser = masks;
      }
    }
  }

  private static int[] inputsOfUnits(Mask mask) {
    int units = mask.shape().dim(0);
    int[] inputs = new int[units];
    for (int j : mask.keptPositions()) {
      inputs[j / (mask.shape().size() / units)]++;
    }
    return inputs;
  }

  @Test
  void constantFanInGivesEveryUnitAsManyInputsAndTheRestToTheBest() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    values.put("fc.weight", Tensor.of(Shape.of(3, 4), 9, 8, 7, 6, 1, 2, 2, 1, 3, 3, 5, 3));
    Scores small = Scores.of(values);
    // two each, and the seventh is 7 before 2 and 3; of equal scores the lower index
    assertThat(Allocation.constantFanIn().keep(small, 7).of("fc.weight").keptPositions())
        .containsExactly(0, 1, 2, 5, 6, 8, 10);
    assertThat(Allocation.constantFanIn().keep(small, 2).of("fc.weight").keptPositions())
        .containsExactly(0, 10); // fewer than units: the best of 9, 2 and 5
    assertThat(Allocation.constantFanIn().keep(small, 12).kept()).isEqualTo(12);
    Map<String, Mask> before = new LinkedHashMap<>();
    boolean[] some = {true, false, false, false, true, true, true, true, true, true, true, true};
    before.put("fc.weight", new Mask(Shape.of(3, 4), some));
    // the first unit has one connection left, and the others take what it cannot
    assertThat(
            Allocation.constantFanIn()
                .keep(small.among(Masks.of(before)), 7)
                .of("fc.weight")
                .keptPositions())
        .containsExactly(0, 4, 5, 6, 8, 9, 10);
  }

  @Test
  void constantFanInKeepsExactNumbersOfEveryLayer() {
    for (int kappa : new int[] {2_662, 5_324, 13_310, 26_620, 200_000}) {
      Masks erk = Allocation.erdosRenyiKernel().keep(scores, kappa);
      Masks masks = Allocation.constantFanIn().keep(scores, kappa);
      assertThat(masks.kept()).isEqualTo(kappa);
      for (String name : scores.names()) {
        assertThat(masks.of(name).kept()).isEqualTo(erk.of(name).kept());
        int[] inputs = inputsOfUnits(masks.of(name));
        int least = Arrays.stream(inputs).min().orElseThrow();
        assertThat(Arrays.stream(inputs).max().orElseThrow()).isBetween(least, least + 1);
        assertThat(least).isPositive();
      }
    }
    Masks kernels =
        Allocation.constantFanIn()
            .keep(new RandomScores().score(connectionsOf(SmallNetworks.grouped())), 150);
    assertThat(kernels.kept()).isEqualTo(150);
  }

  @Test
  void roundsAndAllocationsGoTogether() {
    Masks masks =
        Pruner.of(new SynapticFlow()).in(7).with(Allocation.uniform()).prune(connections, 0.9);
    assertThat(masks.kept()).isEqualTo(26_620);
    assertThat(density(masks, "fc3")).isCloseTo(0.1, within(1e-3));
  }

  @Test
  void theThresholdKeepsAllTiesAtTheCut() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    values.put("w", Tensor.of(Shape.of(6), 3, 1, 1, 1, 0, 0));
    Scores tied = Scores.of(values);
    assertThat(Allocation.threshold().keep(tied, 2).kept()).isEqualTo(4);
    assertThat(Allocation.threshold().keep(tied, 2).tiesAtCut()).isEqualTo(3);
    assertThat(Allocation.threshold().keep(tied, 5).kept()).isEqualTo(6);
    assertThat(Allocation.global().keep(tied, 2).kept()).isEqualTo(2);
  }

  @Test
  void aScopeLeavesLayersWhole() {
    Connections some =
        Connections.of(
            connections.network(),
            Biases.SCORED.without(List.of("fc1", "fc3")),
            List.of(),
            new Seed(0));
    Masks masks = Pruner.of(new Magnitude()).prune(some, 0.5);
    assertThat(masks.byName()).containsOnlyKeys("fc2.weight", "fc2.bias");
    assertThat(masks.kept()).isEqualTo(15_050);
  }

  @Test
  void layersThatDoNotExistAreRefusedWithTheNearestNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Connections.of(
                    connections.network(),
                    Biases.SCORED.without(List.of("fc1", "fc33")).without(List.of()),
                    List.of(),
                    new Seed(0)))
        .withMessage(
            "scope without: no layer 'fc33' with connections: expected one of fc3, fc1, fc2");
    Map<String, Double> densities = new LinkedHashMap<>();
    List.of("fc1", "fc2", "fc3", "conv1").forEach(layer -> densities.put(layer, 0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Allocation.perLayer(densities).keep(scores, 100))
        .withMessageStartingWith("densities: no layer 'conv1' with connections: expected one of");
  }

  @Test
  void everyAllocationRefusesScoresThatAreAllZero() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    values.put("fc1.weight", Tensor.zeros(Shape.of(3, 2)));
    values.put("fc2.weight", Tensor.zeros(Shape.of(2, 3)));
    Scores zeros = Scores.of(values);
    for (Allocation allocation :
        List.of(
            Allocation.global(),
            Allocation.threshold(),
            Allocation.uniform(),
            Allocation.erdosRenyiKernel(),
            Allocation.perLayer(Map.of("fc1", 0.5, "fc2", 0.5)))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> allocation.keep(zeros, 4))
          .withMessageStartingWith("all 12 scores are 0: nothing tells the connections apart");
    }
  }

  @Test
  void shufflingKeepsTheNumbersAndNothingElse() {
    Masks masks = Masks.keepTop(scores, 5_000);
    Masks shuffled = masks.shuffled(new Seed(3));
    int same = 0;
    for (String name : scores.names()) {
      assertThat(shuffled.of(name).kept()).isEqualTo(masks.of(name).kept());
      for (int j : masks.of(name).keptPositions()) {
        same += shuffled.of(name).keeps(j) ? 1 : 0;
      }
    }
    assertThat(same).isLessThan(1_000);
    assertThat(masks.shuffled(new Seed(3)).of("fc2.weight").toArray())
        .isEqualTo(shuffled.of("fc2.weight").toArray());
    assertThat(masks.shuffled(new Seed(4)).of("fc2.weight").toArray())
        .isNotEqualTo(shuffled.of("fc2.weight").toArray());
  }

  @Test
  void invertedScoresKeepWhatWasPrunedFirst() {
    Masks masks = Masks.keepTop(scores, 100_000);
    Masks opposite = Masks.keepTop(scores.inverted(), scores.size() - 100_000);
    for (String name : scores.names()) {
      boolean[] kept = masks.of(name).toArray();
      boolean[] other = opposite.of(name).toArray();
      for (int j = 0; j < kept.length; j++) {
        assertThat(kept[j]).isNotEqualTo(other[j]);
      }
    }
  }
}
