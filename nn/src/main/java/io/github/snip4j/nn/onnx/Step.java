package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;

/**
 * One computation of a graph: from the values in some slots to the value of another.
 *
 * @param layer which of the graph's layers computes it; {@link #NONE} if it has no parameters
 * @param operation what computes it without parameters
 */
@SuppressWarnings("ArrayRecordComponent") // plain data, never compared
record Step(int layer, Operation operation, int[] inputs, int output) {
  static final int NONE = -1;

  /** A computation without parameters. */
  @FunctionalInterface
  interface Operation {
    /** The result; {@code batch} is the number of examples. */
    Variable of(Variable[] inputs, int batch);
  }

  static Step of(Operation operation, int[] inputs, int output) {
    return new Step(NONE, operation, inputs, output);
  }

  static Step ofLayer(int layer, int input, int output) {
    return new Step(layer, (in, batch) -> in[0], new int[] {input}, output);
  }

  /** This step with its layer at another place. */
  Step withLayer(int place) {
    return new Step(place, operation, inputs, output);
  }
}
