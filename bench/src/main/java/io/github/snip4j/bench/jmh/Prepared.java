package io.github.snip4j.bench.jmh;

import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import java.util.Map;

/**
 * A workload's network in one of the ways to compute it.
 *
 * @param masks for the optimiser: of what is pruned but still there
 * @param arithmetic of the kept weights
 */
record Prepared(Network network, Map<String, Mask> masks, Arithmetic arithmetic) {
  /**
   * Makes it.
   *
   * @param variant {@code dense}: not pruned; {@code masked}: pruned to zeros, on dense kernels
   */
  static Prepared of(Workload workload, String variant) {
    Network network = workload.create();
    return switch (variant) {
      case "dense" -> new Prepared(network, Map.of(), Arithmetic.of(network, Map.of()));
      case "masked" -> {
        Map<String, Mask> masks = workload.masks(network).byName();
        masks.forEach((name, mask) -> mask.applyTo(network.parameter(name).value()));
        yield new Prepared(network, masks, Arithmetic.of(network, masks));
      }
      default ->
          throw new IllegalArgumentException("variant " + variant + ": expected dense or masked");
    };
  }
}
