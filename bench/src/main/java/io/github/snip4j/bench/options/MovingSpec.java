package io.github.snip4j.bench.options;

import io.github.snip4j.snip.dynamic.MoveRules;
import io.github.snip4j.snip.dynamic.Redistribution;
import io.github.snip4j.snip.dynamic.UpdateSchedule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How connections move while the pruned network is trained; recorded in the result as it is.
 *
 * @param dynamic whether, and by which rules
 * @param updateEvery steps from one update to the next
 * @param dropFraction the share of each parameter's connections that the first updates move
 * @param updateUntil the share of the training after which connections stay
 * @param redistribute how those that grow are shared out among the layers
 */
public record MovingSpec(
    MovingKind dynamic,
    int updateEvery,
    double dropFraction,
    double updateUntil,
    Redistribution redistribute) {
  /** Connections that stay. */
  public static final MovingSpec OFF = of(MovingKind.OFF, null, null, null, null);

  /** Nothing may be missing, and nothing out of range. */
  public MovingSpec {
    Objects.requireNonNull(dynamic, "dynamic");
    Objects.requireNonNull(redistribute, "redistribute");
    OptionException.require(updateEvery >= 1, "updateEvery", updateEvery, "1 or more");
    OptionException.require(
        dropFraction > 0 && dropFraction < 1, "dropFraction", dropFraction, "more than 0, below 1");
    OptionException.require(
        updateUntil > 0 && updateUntil <= 1, "updateUntil", updateUntil, "more than 0, at most 1");
  }

  /** What is null is as the rules were published. */
  public static MovingSpec of(
      MovingKind dynamic,
      @Nullable Integer updateEvery,
      @Nullable Double dropFraction,
      @Nullable Double updateUntil,
      @Nullable Redistribution redistribute) {
    Redistribution usual =
        dynamic == MovingKind.MOMENTUM ? Redistribution.MOMENTUM : Redistribution.NONE;
    return new MovingSpec(
        dynamic,
        updateEvery == null ? 100 : updateEvery,
        dropFraction == null ? 0.3 : dropFraction,
        updateUntil == null ? 0.75 : updateUntil,
        redistribute == null ? usual : redistribute);
  }

  /** Whether connections move. */
  public boolean isOn() {
    return dynamic != MovingKind.OFF;
  }

  /** The rules, where connections move. */
  public MoveRules rules() {
    return dynamic.rules().with(redistribute);
  }

  /** When they move in a training of so many steps. */
  public UpdateSchedule schedule(int iterations) {
    return UpdateSchedule.every(updateEvery, until(iterations), dropFraction);
  }

  private long until(int iterations) {
    return Math.max(1, Math.round(updateUntil * iterations));
  }

  /** Refuses a training in which nothing would move. */
  void check(double sparsity, int iterations) {
    if (!isOn()) {
      return;
    }
    if (sparsity == 0) {
      throw new OptionException(
          "%s %s: no connection can move in a dense network: expected %s more than 0",
          OptionException.field("dynamic"),
          EnumNames.of(dynamic),
          OptionException.field("sparsity"));
    }
    if (updateEvery >= until(iterations)) {
      throw new OptionException(
          "%s %s: no connection would move: expected less than %s steps, after which they stay",
          OptionException.field("updateEvery"), updateEvery, until(iterations));
    }
  }
}
