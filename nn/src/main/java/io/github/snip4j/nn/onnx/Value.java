package io.github.snip4j.nn.onnx;

/**
 * What a value of a graph is: numbers that are {@link Known} when the file is read, elements of
 * {@link Learned} tensors, one number {@link Repeated} everywhere, or {@link Computed} in use.
 */
interface Value {
  /**
   * To be computed.
   *
   * @param slot where the result is while the graph is computed
   */
  record Computed(int slot, Extent extent) implements Value {}

  /**
   * The Gauss error function on its way to a GELU, as exporters write it: factor (1 + erf(x / √2)),
   * perhaps times x.
   */
  record Erf(Computed x, float factor, boolean plusOne, boolean timesX) implements Value {}

  /** One real number in a shape that may depend on the batch, which has no place in memory. */
  record Repeated(float value, Wholes dims) implements Value {}
}
