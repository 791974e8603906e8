package io.github.snip4j.nn.layer;

import io.github.snip4j.core.conv.Conv1dSpec;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerMaker;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.init.Initializer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the layers of this package from their {@link LayerSpec}s. */
public final class StandardLayers implements LayerMaker {
  private static final Seed SEED = new Seed(0);

  /** Makes layers of one kind. */
  @FunctionalInterface
  private interface Maker {
    Layer make(LayerSpec spec, List<Layer> parts, Initializer values);
  }

  private static final Map<String, Maker> KINDS =
      Map.ofEntries(
          Map.entry("relu", (spec, parts, values) -> new Relu()),
          Map.entry("relu6", (spec, parts, values) -> new Relu6()),
          Map.entry("gelu", (spec, parts, values) -> new Gelu()),
          Map.entry("sigmoid", (spec, parts, values) -> new Sigmoid()),
          Map.entry("softmax", (spec, parts, values) -> new Softmax()),
          Map.entry("log-softmax", (spec, parts, values) -> new LogSoftmax()),
          Map.entry("softplus", (spec, parts, values) -> new Softplus()),
          Map.entry("tanh", (spec, parts, values) -> new Tanh()),
          Map.entry("flatten", (spec, parts, values) -> new Flatten()),
          Map.entry("features-first", (spec, parts, values) -> new FeaturesFirst()),
          Map.entry("last-time-step", (spec, parts, values) -> new LastTimeStep()),
          Map.entry("rows-as-sequence", (spec, parts, values) -> new RowsAsSequence()),
          Map.entry(
              "leaky-relu", (spec, parts, values) -> new LeakyRelu((float) spec.real("slope"))),
          Map.entry(
              "dropout",
              (spec, parts, values) -> new Dropout(spec.text("name"), spec.real("rate"))),
          Map.entry(
              "global-average-pool",
              (spec, parts, values) -> new GlobalAveragePool(spec.text("name"))),
          Map.entry(
              "max-pool2d", (spec, parts, values) -> new MaxPool2d(spec.text("name"), spec.pool())),
          Map.entry(
              "average-pool2d",
              (spec, parts, values) ->
                  new AveragePool2d(spec.text("name"), spec.pool(), spec.flag("countPadding"))),
          Map.entry(
              "batch-norm",
              (spec, parts, values) ->
                  new BatchNorm(
                      spec.text("name"),
                      counted(spec.number("channels"), 4, values),
                      spec.real("eps"),
                      spec.real("momentum"))),
          Map.entry("conv2d", (spec, parts, values) -> conv2d(spec, values)),
          Map.entry(
              "linear",
              (spec, parts, values) ->
                  new Linear(
                      spec.text("name"),
                      spec.number("in"),
                      counted(spec.number("out"), 1, values),
                      values,
                      SEED)),
          Map.entry(
              "lstm",
              (spec, parts, values) ->
                  new Lstm(
                      spec.text("name"),
                      spec.number("in"),
                      counted(spec.number("units"), 4, values),
                      (float) spec.real("forgetBias"),
                      values,
                      SEED)),
          Map.entry("gru", (spec, parts, values) -> gru(spec, values)),
          Map.entry(
              "time-distributed",
              (spec, parts, values) -> new TimeDistributed(exactly(1, spec, parts).get(0))),
          Map.entry("residual", StandardLayers::residual),
          Map.entry("silu", (spec, parts, values) -> new Silu()),
          Map.entry("hard-swish", (spec, parts, values) -> new HardSwish()),
          Map.entry("hard-sigmoid", (spec, parts, values) -> new HardSigmoid()),
          Map.entry(
              "layer-norm",
              (spec, parts, values) ->
                  new LayerNorm(
                      spec.text("name"),
                      counted(spec.number("features"), 2, values),
                      spec.real("eps"))),
          Map.entry(
              "group-norm",
              (spec, parts, values) ->
                  new GroupNorm(
                      spec.text("name"),
                      counted(spec.number("channels"), 2, values),
                      spec.number("groups"),
                      spec.real("eps"))),
          Map.entry(
              "embedding",
              (spec, parts, values) ->
                  new Embedding(
                      spec.text("name"),
                      spec.number("words"),
                      spec.number("features"),
                      values,
                      SEED)),
          Map.entry(
              "position-embedding",
              (spec, parts, values) ->
                  new PositionEmbedding(
                      spec.text("name"),
                      spec.number("longest"),
                      spec.number("features"),
                      values,
                      SEED)),
          Map.entry(
              "self-attention",
              (spec, parts, values) ->
                  new SelfAttention(
                      spec.text("name"),
                      counted(spec.number("features"), 4, values),
                      spec.number("heads"),
                      spec.flag("causal"),
                      values,
                      SEED)),
          Map.entry(
              "bidirectional",
              (spec, parts, values) ->
                  new Bidirectional(exactly(2, spec, parts).get(0), parts.get(1))),
          Map.entry("conv1d", (spec, parts, values) -> conv1d(spec, values)),
          Map.entry("transposed-conv2d", (spec, parts, values) -> transposed(spec, values)),
          Map.entry("sequential", (spec, parts, values) -> new Sequential(parts)));

  /** One that makes them all; it has no state. */
  public StandardLayers() {}

  /** The kinds of layers that it makes. */
  public Set<String> kinds() {
    return KINDS.keySet();
  }

  @Override
  public boolean makes(String kind) {
    return KINDS.containsKey(kind);
  }

  @Override
  public Layer make(LayerSpec spec, List<Layer> parts, Initializer values) {
    Maker maker = KINDS.get(spec.kind());
    if (maker == null) {
      throw new IllegalArgumentException("there is no layer of the kind " + spec.kind());
    }
    return maker.make(spec, parts, values);
  }

  /** Asks for the vectors that a layer makes by itself, so that they are counted. */
  private static int counted(int length, int vectors, Initializer values) {
    values.draw(Shape.of(length, vectors), SEED);
    return length;
  }

  private static Layer conv2d(LayerSpec spec, Initializer values) {
    Shape filters = Shape.of(spec.numbers("filters", 4));
    String name = spec.text("name");
    counted(filters.dim(0), 1, values);
    return spec.flag("bias")
        ? new Conv2d(name, filters, spec.conv(), values, SEED)
        : Conv2d.withoutBias(name, filters, spec.conv(), values, SEED);
  }

  private static Layer conv1d(LayerSpec spec, Initializer values) {
    int[] numbers = spec.numbers("spec", 5);
    return new Conv1d(
        spec.text("name"),
        counted(spec.number("out"), 1, values),
        spec.number("in"),
        spec.number("kernel"),
        new Conv1dSpec(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]),
        values,
        SEED);
  }

  private static Layer transposed(LayerSpec spec, Initializer values) {
    int[] filters = spec.numbers("filters", 4);
    Conv2dSpec conv = spec.conv();
    counted(filters[1], conv.groups(), values);
    int[] more = spec.numbers("more", 2);
    return new TransposedConv2d(
        spec.text("name"), Shape.of(filters), conv, more[0], more[1], values, SEED);
  }

  private static Layer gru(LayerSpec spec, Initializer values) {
    return new Gru(
        spec.text("name"),
        spec.number("in"),
        counted(spec.number("units"), 4, values),
        Gru.Reset.valueOf(spec.text("reset")),
        values,
        SEED);
  }

  private static Layer residual(LayerSpec spec, List<Layer> parts, Initializer values) {
    return parts.size() == 1
        ? new Residual(spec.text("name"), parts.get(0))
        : new Residual(spec.text("name"), exactly(2, spec, parts).get(0), parts.get(1));
  }

  private static List<Layer> exactly(int count, LayerSpec spec, List<Layer> parts) {
    if (parts.size() != count) {
      throw new IllegalArgumentException(
          spec.kind() + " has " + parts.size() + " parts: expected " + count);
    }
    return parts;
  }
}
