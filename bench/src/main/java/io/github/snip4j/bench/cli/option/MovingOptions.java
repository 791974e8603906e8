package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.MovingKind;
import io.github.snip4j.bench.options.MovingSpec;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.snip.dynamic.Redistribution;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how connections move during training. */
public final class MovingOptions {
  @Option(
      names = "--dynamic",
      paramLabel = "RULES",
      defaultValue = "off",
      description =
          "Move connections during training; set: those nearest to 0 go, others grow at random;"
              + " rigl: the smallest go, others grow where the gradient is largest; momentum: the"
              + " same with the mean gradient of all steps, which takes dense memory and time; off"
              + " (default: ${DEFAULT-VALUE}).")
  MovingKind dynamic = MovingKind.OFF;

  @Option(
      names = "--update-every",
      paramLabel = "N",
      description = "Steps from one such update to the next (default: 100).")
  @Nullable Integer updateEvery;

  @Option(
      names = "--drop-fraction",
      paramLabel = "SHARE",
      description =
          "The share of each parameter's connections that the first updates move; it falls along a"
              + " cosine (default: 0.3).")
  @Nullable Double dropFraction;

  @Option(
      names = "--update-until",
      paramLabel = "SHARE",
      description = "The share of the training after which connections stay (default: 0.75).")
  @Nullable Double updateUntil;

  @Option(
      names = "--redistribute",
      paramLabel = "HOW",
      description =
          "How what grows is shared out among layers; none: each keeps its number; gradient,"
              + " momentum: in proportion to the mean magnitude of that of its connections (default:"
              + " momentum for --dynamic momentum, else none).")
  @Nullable Redistribution redistribute;

  /**
   * These options as a run uses and records them.
   *
   * @throws OptionException if one is out of range, or is given where nothing moves
   */
  MovingSpec spec() {
    if (dynamic == MovingKind.OFF) {
      Map<String, @Nullable Object> given = new LinkedHashMap<>();
      given.put("updateEvery", updateEvery);
      given.put("dropFraction", dropFraction);
      given.put("updateUntil", updateUntil);
      given.put("redistribute", redistribute);
      given.forEach(
          (field, value) -> {
            if (value != null) {
              throw new OptionException(
                  "%s: no connection moves: expected %s set, rigl or momentum too",
                  OptionException.field(field), OptionException.field("dynamic"));
            }
          });
    }
    return MovingSpec.of(dynamic, updateEvery, dropFraction, updateUntil, redistribute);
  }
}
