package io.github.snip4j.bench.options;

import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Accumulation;
import io.github.snip4j.snip.Allocation;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Pruner;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How connections are scored and chosen; recorded in the result as it is.
 *
 * @param rounds of scoring and pruning; of a network that is retrained, each with a retraining
 * @param batches that are scored on, each of {@link RunOptions#sensitivityBatch} examples; {@link
 *     #ALL} for as many as hold each training example once
 * @param sensitivityParts how many parts the batches are shared out into, whose sums are exact, so
 *     that their number and order change no bit; null for a sum in floats, batch after batch
 * @param movingAverage the share of the batches before in the average of sensitivities; null for
 *     their sum
 * @param batchNorm whether batch norms use their running statistics, or those of the batch
 * @param allocation how what is kept is shared out among the layers, see {@link AllocationChoice}
 * @param selection what becomes of ties at the cut
 * @param exclude layers that are kept whole and not counted
 * @param sanity a check that is put in the place of the mask
 * @param allowCollapse whether to train where nothing is left of a layer
 */
public record ScoringSpec(
    CriterionKind criterion,
    int rounds,
    int batches,
    @Nullable Integer sensitivityParts,
    @Nullable Double movingAverage,
    Pass.Mode batchNorm,
    String allocation,
    Selection selection,
    List<String> exclude,
    Sanity sanity,
    boolean allowCollapse) {
  /** In the place of a number of batches: each training example once. */
  public static final int ALL = 0;

  /** Which of the connections with the score of the cut stay. */
  public enum Selection {
    /** The ones with the lower index, so that exactly kappa stay. */
    EXACT,
    /** All of them. */
    THRESHOLD
  }

  /** The checks of Frankle et al.; to train from another draw of the weights is the third. */
  public enum Sanity {
    NONE,
    /** A mask that keeps as many of each parameter, at random places. */
    SHUFFLE,
    /** A mask that keeps those with the smallest scores. */
    INVERT
  }

  /** Nothing but what is marked may be missing, and nothing out of range. */
  public ScoringSpec {
    Objects.requireNonNull(criterion, "criterion");
    Objects.requireNonNull(batchNorm, "batchNorm");
    Objects.requireNonNull(allocation, "allocation");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(sanity, "sanity");
    exclude = List.copyOf(exclude);
    OptionException.require(rounds >= 1, "rounds", rounds, "1 or more");
    OptionException.require(batches >= ALL, "batches", batches, "1 or more, or all");
    checkParts(sensitivityParts, batches, movingAverage);
    if (movingAverage != null) {
      boolean isShare = movingAverage >= 0 && movingAverage < 1;
      OptionException.require(isShare, "movingAverage", movingAverage, "0 to below 1");
    }
    AllocationChoice.of(allocation);
  }

  private static void checkParts(
      @Nullable Integer parts, int batches, @Nullable Double movingAverage) {
    if (parts == null) {
      return;
    }
    OptionException.require(parts >= 1, "sensitivityParts", parts, "1 or more");
    if (batches != ALL && parts > batches) {
      throw new OptionException(
          "%s %s: expected at most %s, the number of %s",
          OptionException.field("sensitivityParts"),
          parts,
          batches,
          OptionException.field("batches"));
    }
    if (movingAverage != null) {
      throw new OptionException(
          "%s %s: a moving average depends on the order of the batches: expected no %s",
          OptionException.field("sensitivityParts"), parts, OptionException.field("movingAverage"));
    }
  }

  /** A criterion as it was published, and all else as in the paper. */
  public static ScoringSpec of(CriterionKind criterion) {
    return new ScoringSpec(
        criterion,
        criterion.rounds(),
        1,
        null,
        null,
        Pass.Mode.EVALUATE,
        AllocationChoice.GLOBAL,
        Selection.EXACT,
        List.of(),
        Sanity.NONE,
        false);
  }

  /** This scoring in another number of rounds. */
  ScoringSpec in(int number) {
    return new ScoringSpec(
        criterion,
        number,
        batches,
        sensitivityParts,
        movingAverage,
        batchNorm,
        allocation,
        selection,
        exclude,
        sanity,
        allowCollapse);
  }

  /** Whether there is one ranking for all layers. */
  public boolean isGlobal() {
    return allocation.equals(AllocationChoice.GLOBAL);
  }

  public Accumulation accumulation() {
    return movingAverage == null ? Accumulation.SUM : Accumulation.movingAverage(movingAverage);
  }

  /**
   * The pruner.
   *
   * @param scores what gives them; see {@link CriterionKind#criterion}
   * @throws IllegalArgumentException if the choices do not go together
   */
  public Pruner pruner(Criterion scores) {
    Criterion used = sanity == Sanity.INVERT ? scores.inverted() : scores;
    return new Pruner(used, shares(), rounds, criterion.revives());
  }

  /**
   * How what is kept is shared out.
   *
   * @throws OptionException if ties are to stay and the ranking is not one of all layers
   */
  public Allocation shares() {
    if (selection == Selection.EXACT) {
      return AllocationChoice.of(allocation);
    }
    if (!isGlobal()) {
      throw new OptionException(
          "%s threshold: expected %s global, not %s",
          OptionException.field("selection"), OptionException.field("allocation"), allocation);
    }
    return Allocation.threshold();
  }

  /** How connections are chosen, in words. */
  public String selectionInWords() {
    String ties =
        selection == Selection.EXACT
            ? "exactly kappa, ties to the lower index"
            : "kappa and all ties at the cut";
    String where = isGlobal() ? "over all layers" : "shared out among layers by " + allocation;
    return ties + ", " + where + (rounds == 1 ? "" : ", in " + rounds + " rounds");
  }

  /** How they are scored, in words. */
  public String criterionInWords() {
    if (!criterion.needsData()) {
      return criterion.words() + ", without data";
    }
    return (criterion.words() + batchesInWords())
        + (batchNorm == Pass.Mode.EVALUATE
            ? ", evaluation mode"
            : ", batch norms in training mode");
  }

  private String batchesInWords() {
    String number = batches == ALL ? ", all training examples" : ", " + batches + " batches";
    if (sensitivityParts != null) {
      return (batches == 1 ? ", one batch" : number) + ", exact sum";
    }
    return batches == 1
        ? ", one batch"
        : number + (movingAverage == null ? ", added up" : ", moving average");
  }
}
