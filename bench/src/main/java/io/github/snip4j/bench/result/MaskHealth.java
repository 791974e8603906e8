package io.github.snip4j.bench.result;

import io.github.snip4j.snip.diagnosis.Diagnosis;
import io.github.snip4j.snip.diagnosis.EffectiveConnections;
import java.util.List;

/**
 * How much of a mask a signal can pass through.
 *
 * @param effective how many of the kept connections lie on a path from input to output
 * @param effectiveSparsity the share of connections that do not
 * @param collapsed the weights of which nothing is left
 * @param units those that no path leads to or from, by layer
 */
public record MaskHealth(
    int effective,
    double effectiveSparsity,
    List<String> collapsed,
    List<EffectiveConnections.Units> units) {
  public static MaskHealth of(Diagnosis diagnosis) {
    EffectiveConnections wiring = diagnosis.wiring();
    return new MaskHealth(
        wiring.effective().kept(), wiring.sparsity(), diagnosis.collapsed(), wiring.units());
  }
}
