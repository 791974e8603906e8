package io.github.snip4j.nn.onnx;

import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How recurrent cells are written with operators of ONNX. Nodes put the rows of the network's
 * matrix and bias in ONNX's order of gates, and part the columns of x from those of h.
 */
final class CellOperators {
  private static final Map<String, Attribute> STEPS_FIRST = Map.of("perm", Attribute.of(1, 0, 2));

  private CellOperators() {}

  /** Gates i, f, g, o here, and i, o, f, g there. */
  static String lstm(GraphWriter g, LayerSpec spec, String x) {
    String name = spec.text("name");
    int units = spec.number("units");
    int[] gates = {0, 3, 1, 2};
    String b = rows(g, g.tensor(name + ".bias"), gates, units);
    float[] forget = new float[4 * units]; // the forget bias is the other bias there
    Arrays.fill(forget, 2 * units, 3 * units, (float) spec.real("forgetBias"));
    String both = joined(g, b, g.constant(TensorData.of("", new int[] {4 * units}, forget)));
    return cell(g, "LSTM", spec, gates, both, new LinkedHashMap<>(), x);
  }

  /** Gates r, z, n here, and z, r, n there. */
  static String gru(GraphWriter g, LayerSpec spec, String x) {
    String name = spec.text("name");
    int units = spec.number("units");
    int[] gates = {1, 0, 2};
    boolean after = spec.text("reset").equals("AFTER_PRODUCT");
    String b = g.tensor(name + ".bias");
    String ofX = rows(g, b, gates, units);
    int zeros = after ? 2 * units : 3 * units;
    String none = g.constant(TensorData.of("", new int[] {zeros}, new float[zeros]));
    String both =
        after
            ? joined(g, joined(g, ofX, none), rows(g, b, new int[] {3}, units))
            : joined(g, ofX, none);
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("linear_before_reset", Attribute.of(after ? 1L : 0L));
    return cell(g, "GRU", spec, gates, both, attributes, x);
  }

  /** Two layers along {@code [N, T, F]}, one of which is given the steps backwards. */
  static String bidirectional(GraphWriter g, LayerSpec spec, String x) {
    String ahead = g.layer(spec.parts().get(0), x);
    String back = reversed(g, g.layer(spec.parts().get(1), reversed(g, x)));
    return g.node("Concat", LayerOperators.axis(2), ahead, back);
  }

  private static String reversed(GraphWriter g, String x) {
    return g.node(
        "Slice", x, g.wholes(-1), g.wholes(Long.MIN_VALUE + 1), g.wholes(1), g.wholes(-1));
  }

  private static String cell(
      GraphWriter g,
      String operator,
      LayerSpec spec,
      int[] gates,
      String bias,
      Map<String, Attribute> attributes,
      String x) {
    int units = spec.number("units");
    int in = spec.number("in");
    String w = rows(g, g.tensor(spec.text("name") + ".weight"), gates, units);
    attributes.put("hidden_size", Attribute.of((long) units));
    String first = g.wholes(0);
    String y =
        g.node(
            operator,
            attributes,
            g.node("Transpose", STEPS_FIRST, x),
            g.node("Unsqueeze", columns(g, w, 0, in), first),
            g.node("Unsqueeze", columns(g, w, in, in + units), first),
            g.node("Unsqueeze", bias, first));
    return g.node("Transpose", STEPS_FIRST, g.node("Squeeze", y, g.wholes(1)));
  }

  /** The rows of gates in another order. */
  private static String rows(GraphWriter g, String tensor, int[] gates, int units) {
    long[] rows = new long[gates.length * units];
    Arrays.setAll(rows, i -> (long) gates[i / units] * units + i % units);
    return g.node("Gather", LayerOperators.axis(0), tensor, g.wholes(rows));
  }

  private static String columns(GraphWriter g, String tensor, int from, int to) {
    return g.node("Slice", tensor, g.wholes(from), g.wholes(to), g.wholes(1));
  }

  private static String joined(GraphWriter g, String a, String b) {
    return g.node("Concat", LayerOperators.axis(0), a, b);
  }
}
