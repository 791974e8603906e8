package io.github.snip4j.core.data;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What is to come out for N examples: labels, which are numbers of classes, or numbers of any kind.
 * Shares the arrays that it is made of.
 */
public final class Targets {
  private final int examples;
  private final int @Nullable [] labels;
  private final @Nullable Tensor values;

  private Targets(int examples, int @Nullable [] labels, @Nullable Tensor values) {
    this.examples = examples;
    this.labels = labels;
    this.values = values;
  }

  /** A label for each example. */
  public static Targets labels(int... labels) {
    return new Targets(labels.length, labels, null);
  }

  /**
   * Several labels for each example, as one for each time step.
   *
   * @param labels {@code [positions, N]}, row-major: the first labels of all examples come first
   * @param examples N
   * @throws IllegalArgumentException if the labels are not as many for each example
   */
  public static Targets labels(int[] labels, int examples) {
    if (examples < 1 || labels.length % examples != 0) {
      throw new IllegalArgumentException(
          ("targets: " + labels.length + " labels for " + examples + " examples: expected an")
              + " example or more, and as many labels for each");
    }
    return new Targets(examples, labels, null);
  }

  /**
   * Numbers: what a regression is to give, which of many labels hold (1 or 0), or the probabilities
   * of classes.
   *
   * @param values {@code [output axes ..., N]}
   * @throws IllegalArgumentException if there is no axis
   */
  public static Targets values(Tensor values) {
    if (values.shape().rank() == 0) {
      throw new IllegalArgumentException(
          "targets: a single number: expected the examples as the last axis, [1] for one");
    }
    return new Targets(values.shape().dim(-1), null, values);
  }

  /**
   * The targets of some examples, copied.
   *
   * @param those their numbers, from 0 on
   */
  Targets chosen(int... those) {
    if (values != null) {
      return values(Batches.columns(values, those));
    }
    int positions = labels().length / examples;
    int[] own = new int[positions * those.length];
    for (int position = 0; position < positions; position++) {
      for (int n = 0; n < those.length; n++) {
        own[position * those.length + n] = labels()[position * examples + those[n]];
      }
    }
    return labels(own, those.length);
  }

  /** The targets of neighbouring examples, copied. */
  Targets between(int from, int to) {
    if (values != null) {
      return values(Batches.columns(values, from, to));
    }
    int positions = labels().length / examples;
    int[] own = new int[positions * (to - from)];
    for (int position = 0; position < positions; position++) {
      System.arraycopy(
          labels(), position * examples + from, own, position * (to - from), to - from);
    }
    return from == to ? labels(own) : labels(own, to - from);
  }

  /**
   * The targets of one example, copied.
   *
   * @param n from 0 on
   */
  public Targets example(int n) {
    return chosen(n);
  }

  /** N. */
  public int examples() {
    return examples;
  }

  /** Whether these are labels, and not numbers. */
  public boolean areLabels() {
    return labels != null;
  }

  /**
   * The labels, shared: one for each example, or {@code [positions, N]}.
   *
   * @throws IllegalArgumentException if these are numbers
   */
  public int[] labels() {
    if (labels == null) {
      throw new IllegalArgumentException(
          "targets: numbers " + shape() + " where labels are asked for: give Targets.labels");
    }
    return labels;
  }

  /**
   * The numbers, shared, {@code [output axes ..., N]}.
   *
   * @throws IllegalArgumentException if these are labels
   */
  public Tensor values() {
    if (values == null) {
      throw new IllegalArgumentException(
          ("targets: labels of " + examples + " examples where numbers are asked for:")
              + " give Targets.values");
    }
    return values;
  }

  /** {@code [N]} or {@code [positions, N]} of labels, {@code [output axes ..., N]} of numbers. */
  public Shape shape() {
    if (values != null) {
      return values.shape();
    }
    int all = labels().length;
    return all == examples ? Shape.of(all) : Shape.of(all / examples, examples);
  }
}
