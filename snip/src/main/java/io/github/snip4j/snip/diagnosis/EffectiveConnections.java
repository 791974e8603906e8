package io.github.snip4j.snip.diagnosis;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
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
 * <p>How it is found: the network's graph is gone through as {@link SignalPaths} says, from an
 * input of ones, with weights that are there (1) where they are kept and gone (0) elsewhere. A
 * weight is on a path if it multiplies something that an input changes, and the product changes a
 * logit. Biases and shifts are taken to be 0, as they are before training, and so bring no signal
 * of their own. No data, no values of weights, and exact for every network whose operations say
 * what they are; the others are refused.
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

  /**
   * Follows the connections that masks keep; a parameter that has no mask is kept as the network
   * has it.
   */
  public static EffectiveConnections of(Network network, Masks masks) {
    Map<String, Mask> kept = new LinkedHashMap<>(network.masks());
    if (!kept.isEmpty()) {
      kept.putAll(masks.byName());
      return of(Sparsifier.toDense(network), masks, kept);
    }
    return of(network, masks, masks.byName());
  }

  private static EffectiveConnections of(Network network, Masks masks, Map<String, Mask> kept) {
    Map<String, List<Variable>> outputs = new LinkedHashMap<>(); // a layer may be used twice
    Pass pass =
        Pass.leaves(Pass.Mode.EVALUATE, new Seed(0), p -> c(p, kept.get(p.name())))
            .watchedBy(
                (layer, x, y) -> {
                  if (hasOwnWeights(layer)) {
                    outputs.computeIfAbsent(layer.name(), key -> new ArrayList<>()).add(y);
                  }
                });
    Variable ones = Variable.leaf(Tensor.full(network.input().append(1), 1f));
    Variable logits = network.forward(ones, pass);
    SignalPaths paths =
        new SignalPaths(
            logits, v -> v == ones ? Signal.of(v.value(), v.value()) : Signal.constant(v.value()));

    Map<String, Mask> effective = new LinkedHashMap<>();
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              Parameter parameter = network.parameter(name);
              Signal c = paths.of(pass.values(parameter));
              boolean bias = parameter.role() == Parameter.Role.BIAS;
              Tensor used = c == null ? null : bias ? c.use() : c.path();
              boolean[] keep = new boolean[mask.shape().size()];
              for (int j = 0; j < keep.length; j++) {
                keep[j] = mask.keeps(j) && used != null && used.at(j) > 0;
              }
              effective.put(name, new Mask(mask.shape(), keep));
            });
    List<Units> units = new ArrayList<>();
    outputs.forEach((layer, ys) -> units.add(units(layer, ys, paths)));
    return new EffectiveConnections(Masks.of(effective), units);
  }

  private static boolean hasOwnWeights(Layer layer) {
    return layer.parameters().stream()
        .anyMatch(p -> p.layer().equals(layer.name()) && p.role() == Parameter.Role.WEIGHT);
  }

  /** Weights and scales are there where they are kept; biases and shifts are 0. */
  private static Tensor c(Parameter parameter, @Nullable Mask mask) {
    boolean added =
        parameter.role() == Parameter.Role.BIAS || parameter.role() == Parameter.Role.SHIFT;
    Tensor c = Tensor.full(parameter.shape(), added ? 0f : 1f);
    if (mask != null) {
      mask.applyTo(c);
    }
    return c;
  }

  /** Of a layer that no logit depends on nothing is known but that its units lead nowhere. */
  private static Units units(String layer, List<Variable> outputs, SignalPaths paths) {
    Operation operation = outputs.get(0).operation();
    int axis = operation == null ? 0 : operation.unitAxis();
    boolean[] reached = new boolean[outputs.get(0).shape().dim(axis)];
    boolean[] used = new boolean[reached.length];
    for (Variable y : outputs) {
      Signal signal = paths.of(y);
      if (signal != null) {
        note(signal.changing, axis, reached);
        note(signal.use(), axis, used);
      }
    }
    int withoutInput = 0;
    int withoutOutput = 0;
    for (int k = 0; k < reached.length; k++) {
      withoutInput += reached[k] ? 0 : 1;
      withoutOutput += used[k] ? 0 : 1;
    }
    return new Units(layer, reached.length, withoutInput, withoutOutput);
  }

  /** Notes for each index of an axis whether any element there is positive. */
  private static void note(@Nullable Tensor t, int axis, boolean[] any) {
    int inner = 1;
    for (int a = axis + 1; t != null && a < t.shape().rank(); a++) {
      inner *= t.shape().dim(a);
    }
    for (int i = 0; t != null && i < t.size(); i++) {
      any[i / inner % any.length] |= t.at(i) > 0;
    }
  }

  /** 1 - (connections on a path) / m. */
  public double sparsity() {
    int m = effective.byName().values().stream().mapToInt(mask -> mask.shape().size()).sum();
    return 1 - (double) effective.kept() / m;
  }
}
