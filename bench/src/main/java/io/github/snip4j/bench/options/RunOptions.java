package io.github.snip4j.bench.options;

import io.github.snip4j.snip.Biases;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to run; recorded in the result as it is.
 *
 * @param classes how many the network tells apart; null for as many as the data have
 * @param sparsity the share of connections to prune, in [0, 1)
 * @param iterations training steps; of a network that is pruned in rounds, of all of its trainings
 *     together
 * @param batch examples of a step
 * @param parts how many parts each batch is cut into, which may be computed on as many machines
 * @param lr learning rate that the schedule begins with
 * @param warmUp how many steps come before, in which the rate rises to that
 * @param redraw whether training starts from a second, independent draw of the weights, as in the
 *     authors' code
 * @param draw how first weights are drawn
 * @param kernels how what the pruned network computes with is chosen
 * @param scoring how connections are scored and chosen
 * @param sensitivityBatch examples that the connections are scored on
 * @param moving how connections move while the pruned network is trained
 * @param retraining how the network becomes sparse later than at initialisation, if it does
 * @param weights the file that the network's weights are from; null for those of the model
 * @param masks the file that says what is pruned before the criterion is asked; null for none
 */
public record RunOptions(
    String model,
    @Nullable Integer classes,
    DataSpec data,
    double sparsity,
    int iterations,
    int batch,
    int parts,
    double lr,
    ScheduleKind schedule,
    int warmUp,
    double weightDecay,
    OptimizerKind optimizer,
    long seed,
    int sensitivityBatch,
    boolean redraw,
    DrawSpec draw,
    Biases biases,
    ScoringSpec scoring,
    SparseMode kernels,
    MovingSpec moving,
    RetrainSpec retraining,
    boolean withDense,
    @Nullable String weights,
    @Nullable String masks) {
  /** Nothing but what is marked may be missing, and nothing out of range. */
  public RunOptions {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(draw, "draw");
    Objects.requireNonNull(biases, "biases");
    Objects.requireNonNull(scoring, "scoring");
    Objects.requireNonNull(kernels, "kernels");
    Objects.requireNonNull(moving, "moving");
    Objects.requireNonNull(retraining, "retraining");
    checkPruning(sparsity, sensitivityBatch, classes);
    OptionException.require(iterations >= 1, "iterations", iterations, "1 or more");
    OptionException.require(batch >= 1, "batch", batch, "1 or more");
    checkParts(parts, batch, moving, retraining);
    OptionException.require(lr > 0 && lr < Double.MAX_VALUE, "lr", lr, "more than 0");
    if (warmUp < 0 || warmUp >= iterations) {
      throw new OptionException(
          "%s %s: expected 0 to below %s %s",
          OptionException.field("warmUp"), warmUp, OptionException.field("iterations"), iterations);
    }
    OptionException.require(
        weightDecay >= 0 && weightDecay < Double.MAX_VALUE,
        "weightDecay",
        weightDecay,
        "0 or more");
    if (retraining.isOn() && draw.scoresAnother()) {
      throw new OptionException(
          "%s: what is trained is what is pruned: expected no %s",
          OptionException.field(
              retraining.gradual() ? "gradual" : retraining.hasRival() ? "rival" : "retrain"),
          OptionException.field(draw.scoringInit() == null ? "scoringBiases" : "scoringInit"));
    }
    if (retraining.hasRival() && scoring.criterion() != CriterionKind.SNIP) {
      throw new OptionException(
          "%s %s: the method says itself what goes: expected no %s",
          OptionException.field("rival"),
          EnumNames.of(retraining.rival()),
          OptionException.field("criterion"));
    }
    retraining.check(sparsity, scoring.rounds(), moving, redraw, withDense, warmUp);
    moving.check(sparsity, iterations);
  }

  /** Refuses parts that there are not, and what would look at one of them alone. */
  private static void checkParts(int parts, int batch, MovingSpec moving, RetrainSpec retraining) {
    if (parts < 1 || parts > batch) {
      throw new OptionException(
          "%s %s: expected 1 to %s, the number of examples per step",
          OptionException.field("parts"), parts, batch);
    }
    if (parts > 1 && (moving.isOn() || retraining.hasRival())) {
      throw new OptionException(
          "%s %s: %s: expected no %s",
          OptionException.field("parts"),
          parts,
          moving.isOn()
              ? "connections move by the gradients of whole batches"
              : "the method trains as it was published",
          OptionException.field(moving.isOn() ? "dynamic" : "rival"));
    }
  }

  /**
   * Checks what also a command says that prunes and does not train.
   *
   * @throws OptionException if something is out of range
   */
  public static void checkPruning(
      double sparsity, int sensitivityBatch, @Nullable Integer classes) {
    OptionException.require(sparsity >= 0 && sparsity < 1, "sparsity", sparsity, "0 to below 1");
    OptionException.require(
        sensitivityBatch >= 1, "sensitivityBatch", sensitivityBatch, "1 or more");
    checkClasses(classes);
  }

  /**
   * Checks a number of classes.
   *
   * @param classes null for as many as the data have
   * @throws OptionException if there are none
   */
  public static void checkClasses(@Nullable Integer classes) {
    if (classes != null) {
      OptionException.require(classes >= 1, "classes", classes, "1 or more");
    }
  }

  /** Whether the network that is trained is another draw than that which is scored. */
  public boolean trainsAnother() {
    return redraw || draw.scoresAnother();
  }

  /** How connections are scored each time that some are pruned. */
  public ScoringSpec eachScoring() {
    return retraining.inRounds() ? scoring.in(scoring.criterion().rounds()) : scoring;
  }

  /** These options with batches of other sizes. */
  public RunOptions withBatches(int trained, int scored) {
    return with(data, sparsity, trained, scored, weights, masks);
  }

  /**
   * These options, beginning with what files hold.
   *
   * @param share to prune, with what the masks prune
   * @param weightFile the whole path; null for drawn weights
   * @param maskFile likewise; null for none but those beside the weights
   */
  public RunOptions beginningWith(
      double share, @Nullable String weightFile, @Nullable String maskFile) {
    return with(data, share, batch, sensitivityBatch, weightFile, maskFile);
  }

  /** These options on other data. */
  public RunOptions withData(DataSpec other) {
    return with(other, sparsity, batch, sensitivityBatch, weights, masks);
  }

  private RunOptions with(
      DataSpec other,
      double share,
      int trained,
      int scored,
      @Nullable String weightFile,
      @Nullable String maskFile) {
    return new RunOptions(
        model,
        classes,
        other,
        share,
        iterations,
        trained,
        parts,
        lr,
        schedule,
        warmUp,
        weightDecay,
        optimizer,
        seed,
        scored,
        redraw,
        draw,
        biases,
        scoring,
        kernels,
        moving,
        retraining,
        withDense,
        weightFile,
        maskFile);
  }
}
