package io.github.snip4j.nn;

import io.github.snip4j.core.tensor.Tensor;

/**
 * Numbers that a layer remembers but does not learn by gradients, like the running mean of a batch
 * norm. They belong to a network's state and files, under PyTorch's name; they are no parameters.
 *
 * @param name layer and kind, as in {@code bn1.running_mean}
 * @param value an array of its own, which the layer writes into
 */
public record Buffer(String name, Tensor value) {
  /** Takes a copy, which outlives the step it is made in. */
  public Buffer {
    value = value.copy();
  }

  /** A copy: the numbers are in an array of its own. */
  public Buffer copy() {
    return new Buffer(name, value);
  }
}
