package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.snip.criterion.BrainDamage;
import io.github.snip4j.snip.criterion.GradientFlow;
import io.github.snip4j.snip.criterion.Magnitude;
import io.github.snip4j.snip.criterion.RandomScores;
import io.github.snip4j.snip.criterion.SynapticFlow;
import io.github.snip4j.snip.criterion.UnitRelevance;
import io.github.snip4j.snip.diagnosis.Diagnosis;
import io.github.snip4j.snip.diagnosis.LossChanges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A network's masks are where pruning starts: what is pruned stays pruned. */
class PrunedAlreadyTest {
  private final Network whole = SmallNetworks.withBiases(SmallNetworks.connected(20, 16, 12, 5));
  private final Batch batch = SmallNetworks.batch(whole, 3, 32);
  private final Masks first =
      Pruner.of(new RandomScores()).prune(Connections.of(whole, batch), 0.7);
  private final Network pruned = Sparsifier.compile(whole, first);
  private final int m = whole.connections();

  @TempDir Path folder;

  static Stream<Arguments> criteria() {
    return Stream.of(
        of("snip", ConnectionSensitivity::score),
        of("random", new RandomScores()),
        of("magnitude", new Magnitude()),
        of("skeleton", new UnitRelevance()),
        of("grasp", new GradientFlow()),
        of("grasp, inverted", new GradientFlow().inverted()),
        of("obd", new BrainDamage()),
        of("synflow", new SynapticFlow()),
        of(
            "of one's own",
            c -> Scores.signed(c.each(p -> RandomTensors.normal(1, p.shape().toArray())))));
  }

  private static Arguments of(String name, Criterion criterion) {
    return Arguments.of(name, criterion);
  }

  private void assertWithin(Masks masks) {
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              for (int j : mask.keptPositions()) {
                assertThat(first.of(name).keeps(j)).as("%s %d", name, j).isTrue();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("criteria")
  void nothingComesBack(String name, Criterion criterion) {
    Connections connections = Connections.of(pruned, batch);
    for (Allocation allocation :
        List.of(
            Allocation.global(),
            Allocation.uniform(),
            Allocation.erdosRenyiKernel(),
            Allocation.perLayer(Map.of("fc1", 0.1, "fc2", 0.2, "fc3", 0.3)))) {
      for (int rounds : new int[] {1, 4}) {
        Pruner pruner = Pruner.of(criterion).with(allocation).in(rounds);
        for (Pruner each : List.of(pruner, pruner.reviving())) {
          Masks masks = each.prune(connections, 0.9);
          assertThat(masks.kept()).isEqualTo(Kappa.of(m, 0.9));
          assertWithin(masks);
        }
      }
    }
    assertWithin(Pruner.of(criterion).with(Allocation.threshold()).prune(connections, 0.8));
    assertThat(Pruner.of(criterion).prune(connections, 0.7).byName())
        .allSatisfy(
            (parameter, mask) ->
                assertThat(mask.toArray()).isEqualTo(first.of(parameter).toArray()));
  }

  @ParameterizedTest
  @MethodSource("criteria")
  void scoresAreThoseOfTheWholeNetworkAtTheMasks(String name, Criterion criterion) {
    Scores expected = criterion.score(Connections.of(whole, batch).at(first)).among(first);
    Scores actual =
        Connections.of(pruned, batch).existing(criterion.score(Connections.of(pruned, batch)));
    for (String parameter : expected.names()) {
      assertThat(actual.of(parameter).toArray()).isEqualTo(expected.of(parameter).toArray());
    }
  }

  @Test
  void moreThanThereIsCannotBeKept() {
    int left = first.kept();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pruner.of(new Magnitude()).prune(Connections.of(pruned, batch), 0.5))
        .withMessage(
            "sparsity 0.5 keeps "
                + Kappa.of(m, 0.5)
                + " of "
                + m
                + " connections, but "
                + (m - left)
                + " are pruned already: expected at least "
                + (1 - (double) left / m));
    Scores scores = ConnectionSensitivity.score(pruned, batch);
    assertThat(Masks.keepTop(scores, left).kept()).isEqualTo(left);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Masks.keepTop(scores, left + 1))
        .withMessage("kappa " + (left + 1) + ": expected 1 to " + left + " connections");
    assertWithin(Masks.keepTop(scores, 20));
  }

  @Test
  void shufflingStaysWithinToo() {
    Masks masks = Pruner.of(new Magnitude()).prune(Connections.of(pruned, batch), 0.9);
    Masks shuffled = masks.shuffled(new Seed(3), pruned.masks());
    assertThat(shuffled.kept()).isEqualTo(masks.kept());
    assertWithin(shuffled);
    assertThat(masks.shuffled(new Seed(3), Map.of()).of("fc1.weight").toArray())
        .isEqualTo(masks.shuffled(new Seed(3)).of("fc1.weight").toArray());
  }

  @Test
  void toChooseAmongAllAgainIsAChoice() {
    Network dense = Sparsifier.toDense(pruned);
    Masks masks = Pruner.of(new RandomScores()).prune(Connections.of(dense, batch), 0.3);
    assertThat(masks.kept()).isEqualTo(Kappa.of(m, 0.3));
  }

  @Test
  void layersOutOfScopeStayAsTheyAre() {
    Connections some =
        Connections.of(
            pruned, Biases.EXCLUDED.without(List.of("fc2")), List.of(batch), new Seed(1));
    Masks masks = Pruner.of(ConnectionSensitivity::score).prune(some, 0.9);
    assertThat(masks.byName()).containsOnlyKeys("fc1.weight", "fc3.weight");
    Network sparse = Sparsifier.compile(pruned, masks);
    Map<String, Mask> left = sparse.masks();
    assertThat(left.get("fc2.weight")).isNotNull();
    assertThat(Masks.of(left).of("fc2.weight").toArray())
        .isEqualTo(first.of("fc2.weight").toArray());
  }

  @Test
  void diagnosesKnowWhatIsThere() {
    Pruner.Pruned result =
        Pruner.of(ConnectionSensitivity::score).scoreAndPrune(Connections.of(pruned, batch), 0.8);
    Diagnosis actual = Diagnosis.of(pruned, result);
    Diagnosis expected = Diagnosis.of(whole, result);
    assertThat(actual.parameters()).isEqualTo(expected.parameters());
    assertThat(actual.zeroScores()).isLessThanOrEqualTo(first.kept());
    LossChanges changes = LossChanges.of(pruned, batch, result.scores(), 50, new Seed(2));
    assertThat(changes.sample())
        .hasSize(50)
        .allSatisfy(
            removed ->
                assertThat(first.of(removed.parameter()).keeps(removed.position())).isTrue());
    assertThat(changes.rankCorrelation()).isGreaterThan(0.7);
  }

  @Test
  void masksInAFileAreWhereItStartsToo() throws IOException {
    Path file = folder.resolve("pruned.npz");
    NetworkFile.save(file, pruned);
    Network read = NetworkFile.read(file, SmallNetworks.connected(20, 16, 12, 5));
    Masks masks = Pruner.of(new RandomScores()).prune(Connections.of(read, batch), 0.95);
    assertThat(masks.kept()).isEqualTo(Kappa.of(m, 0.95));
    assertWithin(masks);
  }
}
