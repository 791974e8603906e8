package io.github.snip4j.autograd;

import io.github.snip4j.core.tensor.Tensor;
import java.util.IdentityHashMap;

/**
 * What {@link Variable#backward()} found: a tensor for each leaf, of the leaf's shape. Not to be
 * modified: two leaves may share one.
 */
public final class Gradients {
  private final IdentityHashMap<Variable, Tensor> byLeaf;

  Gradients(IdentityHashMap<Variable, Tensor> byLeaf) {
    this.byLeaf = byLeaf;
  }

  /** Whether the differentiated number depends on this leaf. */
  public boolean contains(Variable leaf) {
    return byLeaf.containsKey(leaf);
  }

  /**
   * The gradient with respect to one leaf. That with respect to a leaf without elements, as of a
   * weight that is pruned whole, has none either, whatever the number depends on.
   *
   * @throws IllegalArgumentException if the number does not depend on it, or it is not a leaf
   */
  public Tensor of(Variable leaf) {
    Tensor gradient = byLeaf.get(leaf);
    if (gradient == null && leaf.isLeaf() && leaf.value().size() == 0) {
      return leaf.value();
    }
    if (gradient == null) {
      throw new IllegalArgumentException(
          leaf.isLeaf()
              ? ("gradient: the result does not depend on this leaf of shape " + leaf.shape())
                  + ": it was not used in computing the result, or is of another computation"
              : ("gradient: the variable of shape " + leaf.shape() + " is not a leaf:")
                  + " only those of Variable.leaf have a gradient");
    }
    return gradient;
  }
}
