package io.github.snip4j.snip.diagnosis;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Sparsifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the kept connections do anything: those on a path of kept connections from an input to a
 * logit. A bias is on a path if its unit leads to a logit. The others could be pruned as well,
 * which makes the effective sparsity higher than the one asked for [Vysogorets, Kempe,
 * <i>Connectivity matters: neural network pruning through the lens of effective sparsity</i>, JMLR
 * 2023].
 *
 * <p>How it is found: a pass through the network's own layers as {@link SignalPaths}, with an input
 * of ones and c in the place of c ⊙ w, tells which signals there are; its gradient tells which are
 * of use; a weight with both lies on a path. No data, no values of weights, and exact for every
 * layer that SignalPaths knows.
 *
 * @param effective the masks of those that are on a path
 * @param units one for each layer with weights, in the order of the computation
 */
public record EffectiveConnections(Masks effective, List<Units> units) {
  /**
   * The units of a layer: outputs of a fully connected one, filters, recurrent units.
   *
   * @param layer its name
   * @param count how many there are
   * @param withoutInput how many no path from an input leads to
   * @param withoutOutput how many no path leads on from to a logit
   */
  public record Units(String layer, int count, int withoutInput, int withoutOutput) {}

  /** Follows the connections that masks keep; a parameter that has no mask is kept whole. */
  public static EffectiveConnections of(Network network, Masks masks) {
    if (!network.masks().isEmpty()) {
      return of(Sparsifier.toDense(network), masks);
    }
    SignalPaths wires = new SignalPaths();
    Pass pass =
        Pass.connections(
                Pass.Mode.EVALUATE,
                new Seed(0),
                p -> p.role().isConnection() ? c(p, masks.byName().get(p.name())) : null,
                p -> Tensor.full(p.shape(), 1f))
            .substituting(wires);
    Variable ones = Variable.constant(Tensor.full(network.input().append(1), 1f));
    Gradients use = Reductions.sum(network.forward(ones, pass)).backward();

    Map<String, Mask> effective = new LinkedHashMap<>();
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              Tensor used = use.of(pass.mask(network.parameter(name)));
              boolean[] keep = new boolean[mask.shape().size()];
              for (int j = 0; j < keep.length; j++) {
                keep[j] = mask.keeps(j) && used.at(j) > 0;
              }
              effective.put(name, new Mask(mask.shape(), keep));
            });
    List<Units> units = new ArrayList<>();
    wires.taps().forEach((layer, tap) -> units.add(units(layer, tap, use.of(tap.leaf()))));
    return new EffectiveConnections(Masks.of(effective), units);
  }

  /** Weights are wires where they are kept; biases carry no input, but may be of use. */
  private static Tensor c(Parameter parameter, @Nullable Mask mask) {
    boolean bias = parameter.role() == Parameter.Role.BIAS;
    Tensor c = Tensor.full(parameter.shape(), bias ? 0f : 1f);
    if (mask != null) {
      mask.applyTo(c);
    }
    return c;
  }

  private static Units units(String layer, SignalPaths.Tap tap, Tensor use) {
    boolean sequence = tap.layer() instanceof Lstm || tap.layer() instanceof Gru;
    int axis = sequence ? 1 : 0; // [T, H, N], and [H, N] or [C, H, W, N]
    boolean[] reached = any(tap.y().value(), axis);
    boolean[] used = any(use, axis);
    int withoutInput = 0;
    int withoutOutput = 0;
    for (int k = 0; k < reached.length; k++) {
      withoutInput += reached[k] ? 0 : 1;
      withoutOutput += used[k] ? 0 : 1;
    }
    return new Units(layer, reached.length, withoutInput, withoutOutput);
  }

  /** For each index of an axis whether any element there is positive. */
  private static boolean[] any(Tensor t, int axis) {
    Shape shape = t.shape();
    int inner = 1;
    for (int a = axis + 1; a < shape.rank(); a++) {
      inner *= shape.dim(a);
    }
    boolean[] any = new boolean[shape.dim(axis)];
    for (int i = 0; i < t.size(); i++) {
      any[i / inner % any.length] |= t.at(i) > 0;
    }
    return any;
  }

  /** 1 - (connections on a path) / m. */
  public double sparsity() {
    int m = effective.byName().values().stream().mapToInt(mask -> mask.shape().size()).sum();
    return 1 - (double) effective.kept() / m;
  }
}
