package io.github.snip4j.bench.options;

import io.github.snip4j.snip.retrain.GradualPruning;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a network becomes sparse later than at initialisation: in rounds after it was trained, or
 * gradually while it is trained; recorded in the result as it is.
 *
 * @param gradual whether it is pruned while it is trained
 * @param pretrain steps that the whole network is trained before the first round
 * @param retrain steps that follow each round; 0 where there are no rounds
 * @param retrainLr the learning rate that each retraining begins with; null where none is chosen:
 *     without rounds, or with rewinding
 * @param levels how sparse the network is on the way, see {@link LevelsChoice}
 * @param rewind what is set back before each retraining
 * @param rewindTo the step of the training before that it is set back to
 * @param pruneEvery steps from one gradual pruning to the next
 * @param pruneFrom the share of the training after which gradual pruning begins
 * @param pruneUntil the share of the training after which the network is as sparse as it gets
 * @param rival the method that prunes and trains as it was published; SNIP for none
 * @param rivalLength what the epochs of that method's own settings are multiplied by
 */
public record RetrainSpec(
    boolean gradual,
    int pretrain,
    int retrain,
    @Nullable Double retrainLr,
    String levels,
    RewindKind rewind,
    int rewindTo,
    int pruneEvery,
    double pruneFrom,
    double pruneUntil,
    RivalKind rival,
    double rivalLength) {
  /** Pruning at initialisation. */
  public static final RetrainSpec OFF =
      new RetrainSpec(
          false,
          0,
          0,
          null,
          LevelsChoice.GEOMETRIC,
          RewindKind.NONE,
          0,
          100,
          0.1,
          0.6,
          RivalKind.SNIP,
          1);

  /** Nothing but what is marked may be missing, and nothing out of range. */
  public RetrainSpec {
    Objects.requireNonNull(levels, "levels");
    Objects.requireNonNull(rewind, "rewind");
    if (LevelsChoice.isList(levels)) {
      LevelsChoice.list(levels);
    }
    OptionException.require(pretrain >= 0, "pretrain", pretrain, "0 or more");
    OptionException.require(retrain >= 0, "retrain", retrain, "1 or more");
    if (retrainLr != null) {
      OptionException.require(
          retrainLr > 0 && retrainLr < Double.MAX_VALUE, "retrainLr", retrainLr, "more than 0");
    }
    OptionException.require(rewindTo >= 0, "rewindTo", rewindTo, "0 or more");
    OptionException.require(pruneEvery >= 1, "pruneEvery", pruneEvery, "1 or more");
    OptionException.require(
        pruneFrom >= 0 && pruneFrom < 1, "pruneFrom", pruneFrom, "0 to below 1");
    if (!(pruneUntil > pruneFrom && pruneUntil <= 1)) {
      throw new OptionException(
          "%s %s: expected more than %s %s, at most 1",
          OptionException.field("pruneUntil"),
          pruneUntil,
          OptionException.field("pruneFrom"),
          pruneFrom);
    }
    if (gradual && retrain > 0) {
      throw new OptionException(
          "%s: a network is pruned while it is trained or in rounds after that: expected no %s",
          OptionException.field("gradual"), OptionException.field("retrain"));
    }
    Objects.requireNonNull(rival, "rival");
    boolean trains = rivalLength > 0 || (rival == RivalKind.L_OBS && rivalLength == 0);
    OptionException.require(
        trains && rivalLength <= 1000, "rivalLength", rivalLength, "above 0, at most 1000");
    if (isRival(rival) && (gradual || retrain > 0)) {
      throw new OptionException(
          "%s %s: the method prunes and trains as it was published: expected no %s",
          OptionException.field("rival"),
          EnumNames.of(rival),
          OptionException.field(gradual ? "gradual" : "retrain"));
    }
    if (pretrain > 0 && retrain == 0 && !isRival(rival)) {
      throw new OptionException(
          "%s: nothing is pruned after it: expected %s STEPS too",
          OptionException.field("pretrain"), OptionException.field("retrain"));
    }
    checkRewinding(pretrain, retrain, rewind, rewindTo);
  }

  private static void checkRewinding(int pretrain, int retrain, RewindKind rewind, int rewindTo) {
    if (rewind == RewindKind.NONE) {
      return;
    }
    if (pretrain == 0) {
      throw new OptionException(
          "%s %s: there is no training to go back into: expected %s STEPS too",
          OptionException.field("rewind"), EnumNames.of(rewind), OptionException.field("pretrain"));
    }
    if (rewindTo >= pretrain) {
      throw new OptionException(
          "%s %s: expected less than the steps of %s, which are %s",
          OptionException.field("rewindTo"), rewindTo, OptionException.field("pretrain"), pretrain);
    }
    if (retrain > pretrain - rewindTo) {
      throw new OptionException(
          "%s %s: expected at most %s, the steps of %s that follow %s %s",
          OptionException.field("retrain"),
          retrain,
          pretrain - rewindTo,
          OptionException.field("pretrain"),
          OptionException.field("rewindTo"),
          rewindTo);
    }
  }

  /** Whether the network is pruned later than at initialisation. */
  public boolean isOn() {
    return gradual || inRounds();
  }

  /** Whether that is in rounds, each of which retrains. */
  public boolean inRounds() {
    return retrain > 0 || hasRival();
  }

  /** Whether a published method prunes the network, and not a criterion. */
  public boolean hasRival() {
    return isRival(rival);
  }

  private static boolean isRival(RivalKind kind) {
    return kind != RivalKind.SNIP;
  }

  /** How many rounds there are if no other number is asked for. */
  public int usualRounds(CriterionKind criterion) {
    if (!inRounds()) {
      return criterion.rounds();
    }
    return LevelsChoice.isList(levels) ? LevelsChoice.list(levels).size() + 1 : 1;
  }

  /** The steps of all trainings together. */
  public int steps(int rounds) {
    long all = pretrain + (long) rounds * retrain;
    OptionException.require(all <= Integer.MAX_VALUE, "retrain", retrain, "fewer steps");
    return (int) all;
  }

  /** When a training of so many steps prunes, and how much. */
  public GradualPruning.Ramp ramp(double sparsity, int iterations) {
    long from = Math.round(pruneFrom * iterations);
    long until = Math.max(from + 1, Math.round(pruneUntil * iterations));
    return new GradualPruning.Ramp(LevelsChoice.of(levels), sparsity, pruneEvery, from, until);
  }

  /** Refuses what does not go together with it. */
  void check(
      double sparsity,
      int rounds,
      MovingSpec moving,
      boolean redraw,
      boolean withDense,
      int warmUp) {
    if (!isOn()) {
      return;
    }
    Object switched = OptionException.field(gradual ? "gradual" : hasRival() ? "rival" : "retrain");
    if (hasRival() && rounds != 1) {
      throw new OptionException(
          "%s %s: the method has rounds of its own: expected no %s",
          switched, EnumNames.of(rival), OptionException.field("rounds"));
    }
    if (sparsity == 0 && rival.takesSparsity()) {
      throw new OptionException(
          "%s: there is nothing to prune: expected %s more than 0",
          switched, OptionException.field("sparsity"));
    }
    if (!hasRival()) {
      LevelsChoice.check(levels, rounds, sparsity, gradual);
    }
    if (moving.isOn()) {
      throw new OptionException(
          "%s: its connections go one after the other, and cannot move too: expected no %s",
          switched, OptionException.field("dynamic"));
    }
    if (redraw) {
      throw new OptionException(
          "%s: what is trained is what is pruned: expected no %s",
          switched, OptionException.field("redraw"));
    }
    if (inRounds() && withDense) {
      throw new OptionException(
          "%s: the dense network is the one that is pruned, and is in the result anyway: expected"
              + " no %s",
          switched, OptionException.field("withDense"));
    }
    if (inRounds() && warmUp > 0 && warmUp >= pretrain) {
      throw new OptionException(
          "%s %s: expected 0 to below %s %s",
          OptionException.field("warmUp"), warmUp, OptionException.field("pretrain"), pretrain);
    }
  }
}
