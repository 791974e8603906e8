package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.LevelsChoice;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.options.RewindKind;
import io.github.snip4j.bench.options.RivalKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how a network is pruned later than at initialisation. */
public final class RetrainOptions {
  @Option(
      names = "--retrain",
      paramLabel = "STEPS",
      description =
          "Prune a trained network, of --pretrain or of a file, in --rounds (default: 1), and train"
              + " what is left for STEPS after each (default: prune before training).")
  @Nullable Integer retrain;

  @Option(
      names = "--pretrain",
      paramLabel = "STEPS",
      description =
          "Train the whole network for STEPS first, as --lr, --schedule and --warm-up say (default:"
              + " 0).")
  @Nullable Integer pretrain;

  @Option(
      names = "--retrain-lr",
      paramLabel = "RATE",
      description =
          "Learning rate that each retraining begins with; --schedule says where it goes, piecewise"
              + " being a tenth from 60 %% of its steps on, a hundredth from 90 %% (default: half of"
              + " --lr).")
  @Nullable Double retrainLr;

  @Option(
      names = "--levels",
      paramLabel = "HOW",
      description =
          "How sparse the network is on the way; geometric: the same share of what is left goes each"
              + " time; cubic: much at first, little at the end; or, for --rounds, the sparsities"
              + " after all but the last, as 0.5,0.8,0.95 (default: geometric; cubic for --gradual).")
  @Nullable String levels;

  @Option(
      names = "--rewind",
      paramLabel = "WHAT",
      description =
          "Before each retraining set back weights (with the learning rate), the rate alone, or none"
              + " of them, to what they were at a step of --pretrain (default: none).")
  @Nullable RewindKind rewind;

  @Option(
      names = "--rewind-to",
      paramLabel = "STEP",
      description = "That step; 0 is the network as drawn, a lottery ticket (default: 0).")
  @Nullable Integer rewindTo;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "snip",
      description =
          "Prune as a method did that the paper's table 1 has, with its own settings: lwc, dns, lc,"
              + " sws, obd or l-obs, from the network of --pretrain or --weights; or vd, from a"
              + " drawn one. dns, sws and vd find out themselves how much goes; sws takes batches of"
              + " 256 (default: snip, or what --criterion says).")
  RivalKind rival = RivalKind.SNIP;

  @Option(
      names = "--method-length",
      paramLabel = "FACTOR",
      description =
          "Multiply the epochs of that method's own settings by this; 0, of l-obs alone, retrains"
              + " nothing (default: 1).")
  @Nullable Double rivalLength;

  @Option(
      names = "--gradual",
      description =
          "Prune while the network is trained, a little at a time, and not before (default: off).")
  boolean gradual;

  @Option(
      names = "--prune-every",
      paramLabel = "N",
      description = "Steps from one such pruning to the next (default: 100).")
  @Nullable Integer pruneEvery;

  @Option(
      names = "--prune-from",
      paramLabel = "SHARE",
      description = "The share of the training after which that begins (default: 0.1).")
  @Nullable Double pruneFrom;

  @Option(
      names = "--prune-until",
      paramLabel = "SHARE",
      description =
          "The share of the training after which the network is as sparse as it gets (default: 0.6).")
  @Nullable Double pruneUntil;

  /**
   * These options as a run uses and records them.
   *
   * @param lr the learning rate that training begins with
   * @throws OptionException if one is out of range, or is given where it says nothing
   */
  RetrainSpec spec(double lr) {
    if (retrain != null && retrain < 1) {
      throw new OptionException("%s %s: expected 1 or more", field("retrain"), retrain);
    }
    RewindKind rewinding = rewind == null ? RewindKind.NONE : rewind;
    checkGiven(rewinding);
    RetrainSpec usual = RetrainSpec.OFF;
    boolean tuned = retrain != null && rewinding == RewindKind.NONE;
    String usually = gradual ? LevelsChoice.CUBIC : LevelsChoice.GEOMETRIC;
    Double tuning = retrainLr == null ? (Double) (lr / 2) : retrainLr;
    return new RetrainSpec(
        gradual,
        pretrain == null ? 0 : pretrain,
        retrain == null ? 0 : retrain,
        tuned ? tuning : null,
        levels == null ? usually : levels,
        rewinding,
        rewindTo == null ? 0 : rewindTo,
        pruneEvery == null ? usual.pruneEvery() : pruneEvery,
        pruneFrom == null ? usual.pruneFrom() : pruneFrom,
        pruneUntil == null ? usual.pruneUntil() : pruneUntil,
        rival,
        rivalLength == null ? 1 : rivalLength);
  }

  /** Refuses what would be overlooked. */
  private void checkGiven(RewindKind rewinding) {
    if (rival == RivalKind.SNIP && rivalLength != null) {
      throw new OptionException(
          "%s: there is no method whose epochs these are: expected %s NAME too",
          field("rivalLength"), field("rival"));
    }
    String steps = "nothing is retrained: expected %s STEPS too";
    if (retrain == null) {
      refuse(
          given("retrainLr", retrainLr, "rewind", rewind, "rewindTo", rewindTo), steps, "retrain");
    }
    if (rewinding == RewindKind.NONE) {
      refuse(given("rewindTo", rewindTo), "nothing is set back: expected %s too", "rewind");
    } else {
      refuse(
          given("retrainLr", retrainLr),
          "the learning rate is that of the training before: expected it without %s",
          "rewind");
    }
    if (!gradual) {
      refuse(
          given("pruneEvery", pruneEvery, "pruneFrom", pruneFrom, "pruneUntil", pruneUntil),
          "nothing is pruned during training: expected %s too",
          "gradual");
    }
    if (!gradual && retrain == null && levels != null) {
      throw new OptionException(
          "%s: all is pruned at once: expected %s STEPS or %s too",
          field("levels"), field("retrain"), field("gradual"));
    }
  }

  private static Map<String, Object> given(@Nullable Object... namesAndValues) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        given.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return given;
  }

  private static void refuse(Map<String, Object> given, String why, String other) {
    given.keySet().stream()
        .findFirst()
        .ifPresent(
            name -> {
              throw new OptionException("%s: " + why, field(name), field(other));
            });
  }

  private static Object field(String name) {
    return OptionException.field(name);
  }
}
