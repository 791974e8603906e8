package io.github.snip4j.snip.diagnosis;

import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to know of a mask before a network is trained with it.
 *
 * @param parameters what is kept of each
 * @param collapsed the weights of which nothing is left: in a network without a way around them, no
 *     signal gets through, and it answers the same to every input
 * @param zeroScores how many connections have score 0, which says nothing
 * @param keptZeroScores how many of those are kept; by their index alone, if not all
 * @param tiesAtCut how many have exactly the score of the cut where only some could be kept
 * @param wiring which of those kept lie on a path from input to output
 */
public record Diagnosis(
    List<Kept> parameters,
    List<String> collapsed,
    int zeroScores,
    int keptZeroScores,
    int tiesAtCut,
    EffectiveConnections wiring) {
  /** How many of a parameter's connections are kept, and how many of these lie on a path. */
  public record Kept(String parameter, int size, int kept, int effective) {}

  /** Looks at what a pruner has kept. */
  public static Diagnosis of(Network network, Pruner.Pruned pruned) {
    Masks masks = pruned.masks();
    EffectiveConnections wiring = EffectiveConnections.of(network, masks);
    List<Kept> parameters = new ArrayList<>();
    List<String> collapsed = new ArrayList<>();
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              parameters.add(kept(name, mask, wiring));
              if (mask.kept() == 0 && network.parameter(name).role() == Parameter.Role.WEIGHT) {
                collapsed.add(name);
              }
            });
    return new Diagnosis(
        parameters,
        collapsed,
        pruned.scores().zeros(),
        pruned.scores().zerosAmong(masks),
        masks.tiesAtCut(),
        wiring);
  }

  private static Kept kept(String name, Mask mask, EffectiveConnections wiring) {
    return new Kept(name, mask.shape().size(), mask.kept(), wiring.effective().of(name).kept());
  }

  /**
   * Refuses a network with collapsed layers.
   *
   * @throws CollapsedException if there is one
   */
  public void check() {
    if (!collapsed.isEmpty()) {
      throw new CollapsedException(collapsed);
    }
  }
}
