package io.github.snip4j.nn.onnx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an ONNX file, as far as they are needed.
 *
 * @param opset the version of the operators' definitions
 * @param nodes in an order in which each comes after those whose outputs it takes
 * @param tensors the graph's initializers, by name
 */
record OnnxModel(
    String name,
    long opset,
    List<Node> nodes,
    Map<String, TensorData> tensors,
    List<Port> inputs,
    List<Port> outputs) {

  /**
   * One use of an operator.
   *
   * @param domain empty for the operators of ONNX itself
   * @param inputs names of values; empty where an optional one is left out
   */
  record Node(
      String name,
      String operator,
      String domain,
      List<String> inputs,
      List<String> outputs,
      Map<String, Attribute> attributes) {}

  /**
   * A constant of a node: the field that its type names is set.
   *
   * @param type the format's number for what it is
   */
  @SuppressWarnings("ArrayRecordComponent") // plain data, never compared
  record Attribute(
      int type,
      long number,
      float real,
      String text,
      @Nullable TensorData tensor,
      long[] numbers,
      float[] reals) {
    static final int REAL = 1;
    static final int NUMBER = 2;
    static final int TEXT = 3;
    static final int TENSOR = 4;
    static final int REALS = 6;
    static final int NUMBERS = 7;

    static Attribute of(long number) {
      return new Attribute(NUMBER, number, 0, "", null, new long[0], new float[0]);
    }

    static Attribute of(float real) {
      return new Attribute(REAL, 0, real, "", null, new long[0], new float[0]);
    }

    static Attribute of(String text) {
      return new Attribute(TEXT, 0, 0, text, null, new long[0], new float[0]);
    }

    static Attribute of(TensorData tensor) {
      return new Attribute(TENSOR, 0, 0, "", tensor, new long[0], new float[0]);
    }

    static Attribute of(long... numbers) {
      return new Attribute(NUMBERS, 0, 0, "", null, numbers, new float[0]);
    }
  }

  /**
   * An input or output of the graph.
   *
   * @param type of its elements, as {@link TensorData}'s
   * @param dims -1 for an axis whose length is not said, or has a name; null if there is no shape
   */
  @SuppressWarnings("ArrayRecordComponent") // plain data, never compared
  record Port(String name, int type, long @Nullable [] dims) {}
}
