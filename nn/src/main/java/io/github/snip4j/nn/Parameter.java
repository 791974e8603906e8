package io.github.snip4j.nn;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** An array of numbers that a layer learns, under the name that PyTorch would give it. */
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
  private final Tensor value;

  /**
   * @param name layer and kind, as in {@code fc1.weight}
   * @param value copied
   */
  public Parameter(String name, Role role, Tensor value) {
    this.name = name;
    this.role = role;
    this.value = value.copy();
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

  /** The numbers, from offset 0 of an array of their own; optimisers write into it. */
  public Tensor value() {
    return value;
  }

  public Shape shape() {
    return value.shape();
  }

  public int size() {
    return value.size();
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name + shape();
  }
}
