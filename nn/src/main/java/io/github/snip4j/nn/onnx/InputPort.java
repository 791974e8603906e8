package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.OnnxModel.Port;

/**
 * The input of a graph, {@code [N, ...]}.
 *
 * @param extent with one example
 * @param declaredBatch the length of the batch that the file says; below 1 if it leaves it open
 */
record InputPort(String name, Extent extent, long declaredBatch) {
  /**
   * The only input.
   *
   * @param file for messages
   * @throws BadFileException if there is not one, of numbers, with axes of fixed lengths
   */
  static InputPort of(String file, OnnxModel model) throws BadFileException {
    if (model.inputs().size() != 1) {
      throw new BadFileException(
          file,
          ("the network has " + model.inputs().size() + " inputs, ")
              + (model.inputs().stream().map(Port::name).toList() + ": expected one"));
    }
    Port port = model.inputs().get(0);
    String input = "input '" + port.name() + "'";
    long[] dims = port.dims();
    if (dims == null || dims.length < 2) {
      throw new BadFileException(file, input + " has no shape [N, ...] with the batch in front");
    }
    if (port.type() != TensorData.FLOAT) {
      throw new BadFileException(
          file,
          input
              + (port.type() == TensorData.INT64 || port.type() == TensorData.INT32
                  ? " takes whole numbers, as an embedding does: expected float; leave the embedding"
                      + " out of what is exported"
                  : " is not of type float: export it as float32 (has it been quantised?)"));
    }
    int[] lengths = new int[dims.length];
    lengths[0] = 1;
    for (int axis = 1; axis < dims.length; axis++) {
      if (dims[axis] < 1 || dims[axis] > GraphDraft.MOST_NUMBERS) {
        throw new BadFileException(
            file,
            (input + ": axis " + axis + " has no fixed length")
                + ": export it with only the first axis dynamic");
      }
      lengths[axis] = (int) dims[axis];
    }
    return new InputPort(port.name(), new Extent(lengths, 0), dims[0]);
  }
}
