package io.github.snip4j.bench.story;

import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.report.ExamplePicture;
import io.github.snip4j.bench.report.InputPixels;
import io.github.snip4j.bench.report.KeptPixels;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;
import java.util.ArrayList;
import java.util.List;

/** The masks that scoring on the examples of one class would give: figure 2 of the paper. */
final class PerClassMasks {
  private static final int MOST_CLASSES = 20;

  private PerClassMasks() {}

  /**
   * The choice for each class that has examples; none if the first layer cannot be seen, or there
   * are too many classes, or the network was pruned before, or this was not SNIP in one round.
   *
   * @param network as it was scored, not modified
   * @param size of a batch, at most; a run whose sensitivity batch is {@code class:K} draws the
   *     same
   */
  static List<InputPixels.Seen> of(
      Network network,
      Splits splits,
      RunSeeds draws,
      int size,
      double sparsity,
      Biases biases,
      ScoringSpec scoring) {
    Examples train = splits.train();
    String first = PruningSections.first(network).name();
    if (scoring.criterion() != CriterionKind.SNIP
        || scoring.rounds() > 1
        || scoring.sanity() != ScoringSpec.Sanity.NONE
        || !ExamplePicture.canBeSeen(network.input())
        || !KeptPixels.canBeSeen(network.parameter(first).shape(), network.input())
        || !network.masks().isEmpty() // the choice was made before
        || train.data().classes() > MOST_CLASSES) {
      return List.of();
    }
    List<InputPixels.Seen> seen = new ArrayList<>();
    for (int k = 0; k < train.data().classes(); k++) {
      int examples = Math.min(size, train.count(k));
      if (examples == 0) {
        continue;
      }
      Batch batch = draws.ofClass(splits, examples, k);
      Connections connections =
          Connections.of(
              network, biases.without(scoring.exclude()), List.of(batch), draws.pruning());
      Scores scores = scoring.criterion().criterion(scoring).score(connections);
      if (scores.names().contains(first) && scores.zeros() < scores.size()) {
        Masks masks = scoring.shares().keep(scores, Kappa.of(scores.size(), sparsity));
        seen.add(
            new InputPixels.Seen(
                train.data().classNames().get(k),
                ExamplePicture.mean(batch, train.normalization()),
                KeptPixels.of(masks.of(first), network.input())));
      }
    }
    return seen;
  }
}
