package io.github.snip4j.snip.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.SmallNetworks;
import io.github.snip4j.snip.criterion.Magnitude;
import io.github.snip4j.snip.criterion.RandomScores;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of a mask, and of how true its scores are. */
class DiagnosisTest {
  private final Network network = SmallNetworks.connected(12, 10, 5);
  private final Batch batch = SmallNetworks.batch(network, 1, 64);

  @Test
  void collapsedLayersAreNamedAndRefused() {
    Tensor small = network.parameter("fc1.weight").value();
    for (int j = 0; j < small.size(); j++) {
      small.put(j, small.at(j) * 1e-3f);
    }
    Pruner.Pruned pruned =
        Pruner.of(new Magnitude()).scoreAndPrune(Connections.of(network, batch), 0.8);
    Diagnosis diagnosis = Diagnosis.of(network, pruned);
    assertThat(diagnosis.collapsed()).containsExactly("fc1.weight");
    assertThat(diagnosis.wiring().effective().kept()).isZero();
    assertThat(diagnosis.wiring().sparsity()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(diagnosis::check)
        .withMessage("nothing is left of fc1.weight: no signal passes there");
  }

  @Test
  void keptCountsZerosAndTiesAreTold() {
    Pruner.Pruned pruned =
        Pruner.of(ConnectionSensitivity::score).scoreAndPrune(Connections.of(network, batch), 0.04);
    Diagnosis diagnosis = Diagnosis.of(network, pruned);
    diagnosis.check();
    assertThat(diagnosis.zeroScores()).isEqualTo(15); // the biases
    assertThat(diagnosis.keptZeroScores()).isEqualTo(178 - 170);
    assertThat(diagnosis.tiesAtCut()).isEqualTo(15);
    assertThat(diagnosis.parameters())
        .contains(
            new Diagnosis.Kept("fc1.weight", 120, 120, 120),
            new Diagnosis.Kept("fc1.bias", 10, 8, 8));
  }

  @Test
  void theExactChangeIsThatOfTheLossWithoutTheConnection() {
    Map<String, Tensor> g = ConnectionSensitivity.of(network, batch, Biases.EXCLUDED);
    Scores scores = Scores.of(g);
    LossChanges changes = LossChanges.of(network, batch, scores, 50, new Seed(3));
    assertThat(changes.sample()).hasSize(50);
    double whole = network.loss(batch, Pass.evaluation()).value().item();
    for (LossChanges.Removed removed : changes.sample()) {
      Tensor w = network.parameter(removed.parameter()).value();
      float before = w.at(removed.position());
      w.put(removed.position(), 0f);
      double without = network.loss(batch, Pass.evaluation()).value().item();
      w.put(removed.position(), before);
      assertThat(removed.change()).isCloseTo(whole - without, within(1e-6));
    }
    assertThat(changes.rankCorrelation()).isGreaterThan(0.85);
    Scores chance =
        new RandomScores().score(Connections.of(network, Biases.EXCLUDED, List.of(), new Seed(0)));
    assertThat(LossChanges.of(network, batch, chance, 50, new Seed(3)).rankCorrelation())
        .isBetween(-0.4, 0.4);
  }

  @Test
  void ranksOfEqualValuesAreShared() {
    List<LossChanges.Removed> sample =
        Arrays.asList(
            new LossChanges.Removed("w", 0, -3, 2),
            new LossChanges.Removed("w", 1, 0, 0),
            new LossChanges.Removed("w", 2, 0, 0),
            new LossChanges.Removed("w", 3, 1, 1));
    assertThat(new LossChanges(sample).rankCorrelation()).isCloseTo(1, within(1e-12));
  }
}
