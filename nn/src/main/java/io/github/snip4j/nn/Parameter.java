package io.github.snip4j.nn;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;

/**
 * An array of numbers that a layer learns, under the name that PyTorch would give it.
 *
 * <p>Its {@link Structure} says which of them exist: a pruned one holds only the numbers that are
 * kept, in row-major order; the others are 0 and have no place in memory. Layers ask the {@link
 * Pass} for it, and need not know. Which ones exist may change between two steps: {@link
 * Network#restructure}.
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
  private Structure structure;
  private Tensor value;
  private int changes;

  /**
   * @param name layer and kind, as in {@code fc1.weight}
   * @param value copied
   */
  public Parameter(String name, Role role, Tensor value) {
    this(name, role, Structure.whole(value.shape()), value);
  }

  private Parameter(String name, Role role, Structure structure, Tensor value) {
    this.name = name;
    this.role = role;
    this.structure = structure;
    this.value = value.copy();
  }

  /** A copy: the numbers are in an array of its own. */
  public Parameter copy() {
    return new Parameter(name, role, structure, value);
  }

  /**
   * A parameter of the same name where exactly those numbers exist that a mask keeps. Those that
   * existed before keep their value, the others begin at 0. It is stored as it is computed faster,
   * which shape and number alone decide. Time and memory are those of what exists.
   *
   * @throws IllegalArgumentException if the mask has another shape
   */
  public Parameter restructured(Mask mask) {
    return restructured(mask, Storage.fasterFor(mask));
  }

  /**
   * This parameter with the numbers that a mask keeps, as of {@link #restructured(Mask)}, stored as
   * is asked for; but a vector is never {@link Storage#SPARSE}.
   *
   * @throws IllegalArgumentException if the mask has another shape
   */
  public Parameter restructured(Mask mask, Storage storage) {
    Structure next = structure(mask, storage);
    Tensor values = next.carriedOver(structure, value).copy(); // outlives a step of a workspace
    return new Parameter(name, role, next, values);
  }

  /**
   * This parameter with the numbers that a mask keeps, as of {@link #restructured(Mask)}, and
   * values for those that did not exist before.
   *
   * @param fresh what they begin with, of the whole {@link #shape}
   * @throws IllegalArgumentException if the mask or the values have another shape
   */
  public Parameter restructured(Mask mask, Tensor fresh) {
    Structure next = structure(mask, Storage.fasterFor(mask));
    Tensor values = next.gather(fresh).copy();
    int[] before = next.indicesIn(structure);
    for (int k = 0; k < before.length; k++) {
      if (before[k] >= 0) {
        values.put(k, value.at(before[k]));
      }
    }
    return new Parameter(name, role, next, values);
  }

  /**
   * Changes which numbers exist to those that a mask keeps. It is stored as it was; one that was
   * whole is stored as it is computed faster.
   *
   * @throws IllegalArgumentException if the mask has another shape
   */
  void restructure(Mask mask) {
    restructure(mask, isPruned() ? Storage.of(structure) : Storage.fasterFor(mask));
  }

  /** Changes which numbers exist as {@link #restructure(Mask)} does, stored as is asked for. */
  void restructure(Mask mask, Storage storage) {
    Parameter next = restructured(mask, storage);
    structure = next.structure;
    value = next.value;
    changed();
  }

  /**
   * Puts back the numbers that existed in a structure, and, where other ones exist now, the
   * structure too.
   *
   * @param then of this {@link #shape}
   * @param values of that structure; copied
   */
  void restore(Structure then, Tensor values) {
    if (then.hasSameElements(structure)) {
      value.copyFrom(values.reshape(value.shape()));
    } else {
      structure = then;
      value = values.copy();
    }
    changed();
  }

  /** This parameter with the connections of a structure of its {@link #shape}, all of them 0. */
  Parameter emptied(Structure next) {
    return new Parameter(name, role, next, Tensor.zeros(next.valuesShape()));
  }

  private Structure structure(Mask mask, Storage storage) {
    checkMask(mask);
    return mask.structure(storage);
  }

  void checkMask(Mask mask) {
    if (!mask.shape().equals(shape())) {
      throw new IllegalArgumentException(
          "mask " + mask.shape() + " for " + this + ": expected the parameter's shape");
    }
  }

  /** This parameter as a whole one, with zeros where it was pruned. */
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
   * The numbers that exist, in an array of their own; optimisers write into it. Of this {@link
   * #shape}, or a vector of those that are kept. Another array once others exist.
   */
  public Tensor value() {
    return value;
  }

  /**
   * Says that the numbers have been written to. Optimisers and {@link Network#restore} do; so must
   * whoever else writes into {@link #value}, or a {@link Pass} that knows the numbers of before
   * would go on with them.
   */
  public void changed() {
    changes++;
  }

  /** How often they have been written to. */
  int changes() {
    return changes;
  }

  /** All numbers in their places, 0 where pruned; shares those of {@link #value} if all exist. */
  public Tensor dense() {
    return structure.spread(value);
  }

  /** Which of the numbers exist. */
  public Structure structure() {
    return structure;
  }

  /** Whether only some of the numbers exist, which a mask has chosen. */
  public boolean isPruned() {
    return !structure.isWhole();
  }

  /** The shape, pruned or not. */
  public Shape shape() {
    return structure.shape();
  }

  /** The number of its numbers, pruned or not. */
  public int size() {
    return shape().size();
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name + shape();
  }
}
