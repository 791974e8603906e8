package io.github.snip4j.snip.unit;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Network;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Goes through a network and notes which units there are, and where. */
final class UnitWalk {
  private final List<UnitGroup> groups = new ArrayList<>();
  private final List<Arithmetic> arithmetic = new ArrayList<>();
  private final Set<String> seen = new LinkedHashSet<>();

  /**
   * What flows between two layers.
   *
   * @param made whose units it consists of, unless they were tied to another group since
   * @param shape of one example; time steps first where there are some
   * @param each numbers of a unit, side by side
   * @param steps time steps; 0 if it is no sequence
   */
  private record Flow(UnitGroup made, Shape shape, int each, int steps) {
    UnitGroup group() {
      return made.root();
    }
  }

  List<UnitGroup> groups() {
    return groups;
  }

  List<Arithmetic> arithmetic() {
    return arithmetic;
  }

  void walk(Network network) {
    Flow input = new Flow(group(network.input().dim(0), true), network.input(), each(network), 0);
    Flow output = layer(network.body().describe(), input);
    output.group().fix();
  }

  private static int each(Network network) {
    return network.input().size() / Math.max(1, network.input().dim(0));
  }

  private UnitGroup group(int units, boolean fixed) {
    UnitGroup group = new UnitGroup(units, fixed);
    groups.add(group);
    return group;
  }

  private Flow layer(LayerSpec spec, Flow x) {
    return switch (spec.kind()) {
      case "sequential" -> {
        Flow y = x;
        for (LayerSpec part : spec.parts()) {
          y = layer(part, y);
        }
        yield y;
      }
      case "residual" -> residual(spec, x);
      case "linear" -> linear(spec, x);
      case "conv2d" -> convolution(spec, x);
      case "batch-norm" -> batchNorm(spec, x);
      case "lstm" -> recurrent(spec, x, 4);
      case "gru" -> recurrent(spec, x, 3);
      case "time-distributed" -> layer(spec.parts().get(0), x);
      case "max-pool2d", "average-pool2d" ->
          pictures(x, spec.pool().output("pool", x.shape.append(1)).dropLast());
      case "global-average-pool" -> new Flow(x.group(), Shape.of(x.shape.dim(0)), 1, 0);
      case "flatten" -> flatten(x);
      case "rows-as-sequence" -> {
        UnitGroup columns = group(x.shape.dim(2), true);
        yield new Flow(columns, Shape.of(x.shape.dim(1), x.shape.dim(2)), 1, x.shape.dim(1));
      }
      case "last-time-step" -> new Flow(x.group(), Shape.of(x.shape.dim(1)), 1, 0);
      case "dropout",
          "relu",
          "relu6",
          "leaky-relu",
          "tanh",
          "sigmoid",
          "softplus",
          "gelu",
          "silu",
          "hard-swish",
          "hard-sigmoid" ->
          x;
      default ->
          throw new IllegalArgumentException(
              ("units: layers of the kind " + spec.kind() + " are not followed:")
                  + " expected linear layers, convolutions, batch norms, pools, LSTM, GRU,"
                  + " activations and residual blocks of them");
    };
  }

  private static Flow flatten(Flow x) {
    if (x.steps > 0) {
      throw new IllegalArgumentException(
          "units: a sequence that is flattened is not followed: a unit's numbers do not lie side by"
              + " side there; expected the last time step, or a layer for each");
    }
    return new Flow(x.group(), Shape.of(x.shape.size()), x.each, 0);
  }

  private static Flow pictures(Flow x, Shape shape) {
    return new Flow(x.group(), shape, shape.dim(1) * shape.dim(2), 0);
  }

  private void once(String name) {
    if (!seen.add(name)) {
      throw new IllegalArgumentException(
          "units: "
              + name
              + " occurs twice in the network, which ties units that are not"
              + " followed: expected layers with weights of their own");
    }
  }

  private Flow linear(LayerSpec spec, Flow x) {
    String name = spec.text("name");
    once(name);
    UnitGroup group = group(spec.number("out"), false);
    group.add(name, new Slice(name + ".weight", 0, 0, 1));
    group.add(name, new Slice(name + ".bias", 0, 0, 1));
    x.group().add(name, new Slice(name + ".weight", 1, 0, x.each));
    Shape shape = Shape.of(spec.number("out"), spec.number("in"));
    arithmetic.add(new Arithmetic(name + ".weight", shape, Math.max(1, x.steps)));
    return x.steps == 0
        ? new Flow(group, Shape.of(spec.number("out")), 1, 0)
        : new Flow(group, Shape.of(x.steps, spec.number("out")), 1, x.steps);
  }

  private Flow convolution(LayerSpec spec, Flow x) {
    String name = spec.text("name");
    once(name);
    int[] filters = spec.numbers("filters", 4);
    int groups = spec.conv().groups();
    boolean depthwise = groups > 1 && filters[1] == 1 && filters[0] == groups;
    if (groups > 1 && !depthwise) {
      throw new IllegalArgumentException(
          (name + ": units: a convolution in " + groups + " groups of " + filters[1] + " channels")
              + " is not followed: expected one group, or one for each channel");
    }
    int h = spec.conv().outputHeight(x.shape.dim(1), filters[2]);
    int w = spec.conv().outputWidth(x.shape.dim(2), filters[3]);
    UnitGroup group = depthwise ? x.group() : group(filters[0], false);
    group.add(name, new Slice(name + ".weight", 0, 0, 1));
    if (spec.flag("bias")) {
      group.add(name, new Slice(name + ".bias", 0, 0, 1));
    }
    if (!depthwise) {
      x.group().add(name, new Slice(name + ".weight", 1, 0, 1));
    }
    arithmetic.add(new Arithmetic(name + ".weight", Shape.of(filters), h * w));
    return new Flow(group, Shape.of(filters[0], h, w), h * w, 0);
  }

  private Flow batchNorm(LayerSpec spec, Flow x) {
    String name = spec.text("name");
    once(name);
    int each = spec.number("channels") / x.group().units(); // above 1 where pictures were flattened
    for (String part : List.of(".weight", ".bias", ".running_mean", ".running_var")) {
      x.group().add(name, new Slice(name + part, 0, 0, each));
    }
    return x;
  }

  private Flow recurrent(LayerSpec spec, Flow x, int gates) {
    String name = spec.text("name");
    once(name);
    int in = spec.number("in");
    int units = spec.number("units");
    UnitGroup group = group(units, false);
    boolean fourBiases = gates == 4 || spec.text("reset").equals("AFTER_PRODUCT");
    for (int gate = 0; gate < gates; gate++) {
      group.add(name, new Slice(name + ".weight", 0, gate * units, 1));
    }
    for (int gate = 0; gate < (fourBiases ? 4 : 3); gate++) {
      group.add(name, new Slice(name + ".bias", 0, gate * units, 1));
    }
    group.add(name, new Slice(name + ".weight", 1, in, 1));
    x.group().add(name, new Slice(name + ".weight", 1, 0, x.each));
    int steps = x.shape.dim(0);
    arithmetic.add(new Arithmetic(name + ".weight", Shape.of(gates * units, in + units), steps));
    return new Flow(group, Shape.of(steps, units), 1, steps);
  }

  private Flow residual(LayerSpec spec, Flow x) {
    Flow through = layer(spec.parts().get(0), x);
    Flow around = spec.parts().size() == 1 ? x : layer(spec.parts().get(1), x);
    UnitGroup tied = around.group();
    UnitGroup other = through.group();
    if (other != tied) {
      tied.takeOver(other);
      groups.remove(other);
    }
    return new Flow(tied, through.shape, through.each, through.steps);
  }
}
