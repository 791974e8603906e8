package io.github.snip4j.nn.onnx;

import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each kind of layer is written with operators of ONNX. */
final class LayerOperators {
  private static final Map<String, Writer> ALL = all();

  private LayerOperators() {}

  /** Writes layers of one kind. */
  @FunctionalInterface
  interface Writer {
    /**
     * Adds nodes to a graph.
     *
     * @param x the name of the input, batch first
     * @return the name of the output
     */
    String write(GraphWriter graph, LayerSpec spec, String x);
  }

  /** Null if there is none for this kind. */
  static @Nullable Writer named(String kind) {
    return ALL.get(kind);
  }

  private static Map<String, Writer> all() {
    Map<String, Writer> all = new HashMap<>();
    all.put("relu", (g, spec, x) -> g.node("Relu", x));
    all.put("relu6", (g, spec, x) -> g.node("Clip", x, g.number(0), g.number(6)));
    all.put("sigmoid", (g, spec, x) -> g.node("Sigmoid", x));
    all.put("tanh", (g, spec, x) -> g.node("Tanh", x));
    all.put("softplus", (g, spec, x) -> g.node("Softplus", x));
    all.put("silu", (g, spec, x) -> g.node("Mul", x, g.node("Sigmoid", x)));
    all.put("hard-swish", (g, spec, x) -> g.node("HardSwish", x));
    all.put("hard-sigmoid", LayerOperators::hardSigmoid);
    all.put("layer-norm", LayerOperators::layerNorm);
    all.put("bidirectional", CellOperators::bidirectional);
    all.put("leaky-relu", LayerOperators::leakyRelu);
    all.put("gelu", LayerOperators::gelu);
    all.put("softmax", (g, spec, x) -> g.node("Softmax", axis(1), x));
    all.put("log-softmax", (g, spec, x) -> g.node("LogSoftmax", axis(1), x));
    all.put("flatten", (g, spec, x) -> g.node("Flatten", axis(1), x));
    all.put("dropout", (g, spec, x) -> g.node("Dropout", x, g.number((float) spec.real("rate"))));
    all.put("sequential", LayerOperators::sequential);
    all.put("residual", LayerOperators::residual);
    all.put("linear", LayerOperators::linear);
    all.put("conv2d", LayerOperators::conv2d);
    all.put("batch-norm", LayerOperators::batchNorm);
    all.put("max-pool2d", (g, spec, x) -> g.node("MaxPool", windows(spec), x));
    all.put("average-pool2d", LayerOperators::averagePool);
    all.put(
        "global-average-pool",
        (g, spec, x) -> g.node("Flatten", axis(1), g.node("GlobalAveragePool", x)));
    all.put("rows-as-sequence", (g, spec, x) -> g.node("Squeeze", x, g.wholes(1)));
    all.put("last-time-step", LayerOperators::lastStep);
    all.put("time-distributed", (g, spec, x) -> eachStep(g, spec.parts().get(0), x));
    all.put("lstm", CellOperators::lstm);
    all.put("gru", CellOperators::gru);
    return Map.copyOf(all);
  }

  static Map<String, Attribute> axis(long axis) {
    return Map.of("axis", Attribute.of(axis));
  }

  private static String hardSigmoid(GraphWriter g, LayerSpec spec, String x) {
    return g.node("HardSigmoid", Map.of("alpha", Attribute.of(1f / 6)), x);
  }

  private static String layerNorm(GraphWriter g, LayerSpec spec, String x) {
    String name = spec.text("name");
    return g.node(
        "LayerNormalization",
        Map.of("epsilon", Attribute.of((float) spec.real("eps"))),
        x,
        g.tensor(name + ".weight"),
        g.tensor(name + ".bias"));
  }

  private static String leakyRelu(GraphWriter g, LayerSpec spec, String x) {
    float slope = (float) spec.real("slope");
    return g.node("LeakyRelu", Map.of("alpha", Attribute.of(slope)), x);
  }

  /** x (1 + erf(x / √2)) / 2. */
  private static String gelu(GraphWriter g, LayerSpec spec, String x) {
    String erf = g.node("Erf", g.node("Div", x, g.number((float) Math.sqrt(2))));
    String product = g.node("Mul", x, g.node("Add", erf, g.number(1)));
    return g.node("Mul", product, g.number(0.5f));
  }

  private static String sequential(GraphWriter g, LayerSpec spec, String x) {
    String y = x;
    for (LayerSpec part : spec.parts()) {
      y = g.layer(part, y);
    }
    return y;
  }

  private static String residual(GraphWriter g, LayerSpec spec, String x) {
    String body = g.layer(spec.parts().get(0), x);
    String around = spec.parts().size() > 1 ? g.layer(spec.parts().get(1), x) : x;
    return g.node("Add", body, around);
  }

  private static String linear(GraphWriter g, LayerSpec spec, String x) {
    String name = spec.text("name");
    return g.node(
        "Gemm",
        Map.of("transB", Attribute.of(1L)),
        x,
        g.tensor(name + ".weight"),
        g.tensor(name + ".bias"));
  }

  private static String conv2d(GraphWriter g, LayerSpec spec, String x) {
    String name = spec.text("name");
    int[] filters = spec.numbers("filters", 4);
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("kernel_shape", Attribute.of(filters[2], filters[3]));
    attributes.put("strides", Attribute.of(longs(spec.numbers("stride", 2))));
    attributes.put("dilations", Attribute.of(longs(spec.numbers("dilation", 2))));
    attributes.put("pads", pads(spec));
    attributes.put("group", Attribute.of((long) spec.number("groups")));
    String weight = g.tensor(name + ".weight");
    return spec.flag("bias")
        ? g.node("Conv", attributes, x, weight, g.tensor(name + ".bias"))
        : g.node("Conv", attributes, x, weight);
  }

  private static String batchNorm(GraphWriter g, LayerSpec spec, String x) {
    String name = spec.text("name");
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("epsilon", Attribute.of((float) spec.real("eps")));
    attributes.put("momentum", Attribute.of((float) (1 - spec.real("momentum"))));
    return g.node(
        "BatchNormalization",
        attributes,
        x,
        g.tensor(name + ".weight"),
        g.tensor(name + ".bias"),
        g.tensor(name + ".running_mean"),
        g.tensor(name + ".running_var"));
  }

  private static String averagePool(GraphWriter g, LayerSpec spec, String x) {
    Map<String, Attribute> attributes = windows(spec);
    attributes.put("count_include_pad", Attribute.of(spec.flag("countPadding") ? 1L : 0L));
    return g.node("AveragePool", attributes, x);
  }

  private static Map<String, Attribute> windows(LayerSpec spec) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("kernel_shape", Attribute.of(longs(spec.numbers("kernel", 2))));
    attributes.put("strides", Attribute.of(longs(spec.numbers("stride", 2))));
    attributes.put("pads", pads(spec));
    attributes.put("ceil_mode", Attribute.of(spec.flag("roundUp") ? 1L : 0L));
    return attributes;
  }

  /** Ours are top, bottom, left, right; ONNX's top, left, bottom, right. */
  private static Attribute pads(LayerSpec spec) {
    int[] pads = spec.numbers("padding", 4);
    return Attribute.of(pads[0], pads[2], pads[1], pads[3]);
  }

  private static long[] longs(int... numbers) {
    return java.util.Arrays.stream(numbers).asLongStream().toArray();
  }

  private static String lastStep(GraphWriter g, LayerSpec spec, String x) {
    return g.node("Gather", axis(1), x, g.constant(TensorData.of("", new int[0], -1L)));
  }

  /** A layer along the last axis of {@code [N, T, F]}. */
  private static String eachStep(GraphWriter g, LayerSpec spec, String x) {
    switch (spec.kind()) {
      case "linear" -> {
        String name = spec.text("name");
        String w =
            g.node("Transpose", Map.of("perm", Attribute.of(1, 0)), g.tensor(name + ".weight"));
        return g.node("Add", g.node("MatMul", x, w), g.tensor(name + ".bias"));
      }
      case "sequential" -> {
        String y = x;
        for (LayerSpec part : spec.parts()) {
          y = eachStep(g, part, y);
        }
        return y;
      }
      case "relu",
          "relu6",
          "sigmoid",
          "tanh",
          "softplus",
          "leaky-relu",
          "gelu",
          "silu",
          "dropout" -> {
        return g.layer(spec, x);
      }
      default ->
          throw new IllegalArgumentException(
              "ONNX: layers of the kind " + spec.kind() + " cannot be written for each time step");
    }
  }
}
