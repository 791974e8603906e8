package io.github.snip4j.nn.train;

import io.github.snip4j.nn.ParameterGradients;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens between a loss and the update of a step. {@link #PLAIN} is nothing.
 *
 * @param accumulated how many batches, one after the other, make one step: their gradients are
 *     averaged as if they were one batch (batch norms see each by itself), in the memory of one
 * @param parts how many parts each batch is cut into, whose gradients are averaged: the same bits
 *     as of as many machines that compute a part each, see {@link DataParallel}
 * @param clippedNorm what the norm of all gradients is clipped to; infinite if not
 * @param clippedValue what each element of them is clipped to, before the norm; infinite if not
 * @param penalties what is added to the objective, for each parameter
 */
public record TrainingOptions(
    int accumulated, int parts, double clippedNorm, double clippedValue, List<Penalty> penalties) {
  /** One batch, no clipping, no penalty. */
  public static final TrainingOptions PLAIN =
      new TrainingOptions(1, 1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, List.of());

  /** Checks the ranges. */
  public TrainingOptions {
    if (accumulated < 1) {
      throw new IllegalArgumentException(
          "training: " + accumulated + " batches a step: expected 1 or more");
    }
    if (parts < 1 || (parts > 1 && accumulated > 1)) {
      throw new IllegalArgumentException(
          ("training: " + parts + " parts of a batch, " + accumulated + " batches a step:")
              + " expected 1 or more parts, and one batch if these are several");
    }
    if (!(clippedNorm > 0 && clippedValue > 0)) {
      throw new IllegalArgumentException(
          ("training: gradients clipped to norm " + clippedNorm + " and value " + clippedValue)
              + ": expected numbers above 0");
    }
    penalties = List.copyOf(penalties);
  }

  /** These options with several batches a step. */
  public TrainingOptions accumulating(int batches) {
    return new TrainingOptions(batches, parts, clippedNorm, clippedValue, penalties);
  }

  /** These options with each batch cut into parts. */
  public TrainingOptions inParts(int number) {
    return new TrainingOptions(accumulated, number, clippedNorm, clippedValue, penalties);
  }

  /** These options with the norm of all gradients clipped. */
  public TrainingOptions clippingNorm(double most) {
    return new TrainingOptions(accumulated, parts, most, clippedValue, penalties);
  }

  /** These options with each element of the gradients clipped. */
  public TrainingOptions clippingValues(double most) {
    return new TrainingOptions(accumulated, parts, clippedNorm, most, penalties);
  }

  /** These options with one more penalty. */
  public TrainingOptions with(Penalty penalty) {
    List<Penalty> more = new ArrayList<>(penalties);
    more.add(penalty);
    return new TrainingOptions(accumulated, parts, clippedNorm, clippedValue, more);
  }

  /** Whether the gradients of a step are the optimiser's as they are. */
  boolean isPlain() {
    return accumulated == 1
        && parts == 1
        && clippedNorm == Double.POSITIVE_INFINITY
        && clippedValue == Double.POSITIVE_INFINITY;
  }

  /** Gradients as these options clip them. */
  ParameterGradients clipped(ParameterGradients gradients) {
    ParameterGradients clipped = gradients;
    if (clippedValue < Double.POSITIVE_INFINITY) {
      clipped = clipped.clippedToValue(clippedValue);
    }
    if (clippedNorm < Double.POSITIVE_INFINITY) {
      clipped = clipped.clippedToNorm(clippedNorm);
    }
    return clipped;
  }
}
