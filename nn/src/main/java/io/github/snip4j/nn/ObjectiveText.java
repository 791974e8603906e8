package io.github.snip4j.nn;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.nn.objective.BinaryCrossEntropy;
import io.github.snip4j.nn.objective.CrossEntropy;
import io.github.snip4j.nn.objective.Huber;
import io.github.snip4j.nn.objective.MeanSquared;
import io.github.snip4j.nn.objective.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Objectives as a line of text, as in {@code huber delta=1.0}. */
final class ObjectiveText {
  private ObjectiveText() {}

  static String of(Objective objective) {
    if (objective instanceof CrossEntropy entropy) {
      String weights =
          entropy.weights().stream().map(String::valueOf).collect(Collectors.joining(","));
      return LayerSpec.of("cross-entropy")
          .with("weights", (Object) weights)
          .with("smoothing", entropy.smoothing())
          .with("ignored", entropy.ignored())
          .line();
    }
    if (objective instanceof BinaryCrossEntropy) {
      return "binary-cross-entropy";
    }
    if (objective instanceof MeanSquared) {
      return "mean-squared";
    }
    if (objective instanceof Huber huber) {
      return LayerSpec.of("huber").with("delta", huber.delta()).line();
    }
    return objective instanceof NotHere unknown
        ? unknown.line
        : LayerSpec.of("own").with("class", objective.getClass().getName()).line();
  }

  /**
   * The objective that a line says.
   *
   * @throws IllegalArgumentException if a setting is missing or out of its range
   */
  static Objective objective(String line) {
    LayerSpec spec = LayerSpec.ofLine(line);
    return switch (spec.kind()) {
      case "cross-entropy" ->
          new CrossEntropy(reals(spec), spec.real("smoothing"), spec.number("ignored"));
      case "binary-cross-entropy" -> Objective.binaryCrossEntropy();
      case "mean-squared" -> Objective.meanSquared();
      case "huber" -> Objective.huber(spec.real("delta"));
      default -> new NotHere(line);
    };
  }

  private static List<Double> reals(LayerSpec spec) {
    String text = spec.text("weights");
    try {
      return text.isEmpty()
          ? List.of()
          : Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("cross-entropy: weights '" + text + "'", e);
    }
  }

  /** An objective of somebody's own, which a file can name and not hold. */
  private record NotHere(String line) implements Objective {
    @Override
    public Variable loss(Variable outputs, Targets targets) {
      throw new IllegalArgumentException(
          ("the network's file names the objective '" + line + "', which is not built in:")
              + " give it with Network.with(Objective)");
    }
  }
}
