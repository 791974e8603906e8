package io.github.snip4j.nn;

import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers that a layer learns, under the name that PyTorch would give it.
 *
 * <p>A pruned one holds only the numbers that are kept, as a vector in row-major order; the others
 * are 0 and have no place in memory. Layers ask the {@link Pass} for {@link Pass#variable}, which
 * has zeros there, or, where they can compute with the kept ones alone, for {@link Pass#values}.
 */
public final class Parameter {
  /** What the numbers are for. */
  public enum Role {
    /** One per connection between two units. */
    WEIGHT,
    /** One per unit, added. */
    BIAS,
    /** One per channel, by which a normalised value is multiplied. */
    SCALE,
    /** One per channel, added to a normalised value. */
    SHIFT;

    /**
     * Whether such numbers are connections, which the paper counts and may prune and decay: weights
     * and biases are; what a normalisation learns is not.
     */
    public boolean isConnection() {
      return this == WEIGHT || this == BIAS;
    }
  }

  private final String name;
  private final Role role;
  private final Shape shape;
  private final Tensor value;
  private final @Nullable Kept kept; // null: all of them

  /**
   * @param name layer and kind, as in {@code fc1.weight}
   * @param value copied
   */
  public Parameter(String name, Role role, Tensor value) {
    this(name, role, value.shape(), value.copy(), null);
  }

  private Parameter(String name, Role role, Shape shape, Tensor value, @Nullable Kept kept) {
    this.name = name;
    this.role = role;
    this.shape = shape;
    this.value = value;
    this.kept = kept;
  }

  /** The same numbers in an array of their own. */
  public Parameter copy() {
    return new Parameter(name, role, shape, value.copy(), kept);
  }

  /**
   * The same without what a mask prunes.
   *
   * @param kernel what layers that have a choice compute with
   * @throws IllegalArgumentException if the mask has another shape
   */
  public Parameter pruned(Mask mask, Kernel kernel) {
    if (!mask.shape().equals(shape)) {
      throw new IllegalArgumentException("mask " + mask.shape() + " for " + this);
    }
    Kept left = Kept.of(mask, kernel);
    return new Parameter(name, role, shape, left.positions().gather(dense()).copy(), left);
  }

  /** The same with zeros where it was pruned. */
  public Parameter unpruned() {
    return new Parameter(name, role, dense());
  }

  public String name() {
    return name;
  }

  /** The name up to the last dot: {@code fc1} of {@code fc1.weight}. */
  public String layer() {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  public Role role() {
    return role;
  }

  /**
   * The numbers that it holds, from offset 0 of an array of their own; optimisers write into it. Of
   * this {@link #shape}, or a vector of those that are kept.
   */
  public Tensor value() {
    return value;
  }

  /** All numbers in their places, 0 where pruned; the {@link #value} itself if nothing is. */
  public Tensor dense() {
    return kept == null ? value : kept.positions().spread(value);
  }

  /** The shape, pruned or not. */
  public Shape shape() {
    return shape;
  }

  /** The number of its numbers, pruned or not. */
  public int size() {
    return shape.size();
  }

  /** What is kept of it; null if it is not pruned. */
  public @Nullable Kept kept() {
    return kept;
  }

  /**
   * Which elements a layer is to compute with, as a matrix with a row for each index of the first
   * axis; null where it is to compute with all, be they 0 or not.
   */
  public @Nullable SparsePattern pattern() {
    return kept == null ? null : kept.pattern();
  }

  /** Whether nothing is kept of it: all of it is 0, and stays 0. */
  public boolean isGone() {
    return value.size() == 0;
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name + shape;
  }
}
