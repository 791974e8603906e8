package io.github.snip4j.snip.unit;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The units of a network that stay, and the networks that are left of it. */
public final class KeptUnits {
  private final Units units;
  private final Map<UnitGroup, BitSet> kept;

  KeptUnits(Units units, Map<UnitGroup, BitSet> kept) {
    this.units = units;
    this.kept = kept;
  }

  /** How many units of a group stay. */
  public int of(UnitGroup group) {
    return keptOf(group).cardinality();
  }

  /** How many units stay, of those that could go. */
  public int count() {
    return units.groups().stream().mapToInt(this::of).sum();
  }

  private BitSet keptOf(UnitGroup group) {
    return Objects.requireNonNull(kept.get(group));
  }

  /** The multiply-adds of one example that are left. */
  public long multiplyAdds() {
    long sum = 0;
    Map<String, int[][]> indices = indices();
    for (Arithmetic a : units.arithmetic()) {
      int[] shape = sizes(a.name(), a.shape(), indices);
      sum += (long) Shape.of(shape).size() * a.positions();
    }
    return sum;
  }

  /**
   * A network that is really smaller, with copies of what stays: same outputs as with zeros in
   * place of what the units that went had sent, up to rounding.
   */
  public Network network() {
    Network whole = units.network();
    Map<String, int[][]> indices = indices();
    Network smaller =
        Network.described(
            whole.name(), whole.input(), whole.output(), smaller(whole.body().describe(), indices));
    Map<String, Tensor> from = whole.state();
    smaller
        .state()
        .forEach(
            (name, value) ->
                value.copyFrom(chosen(Objects.requireNonNull(from.get(name)), indices.get(name))));
    smaller.parameters().forEach(Parameter::changed);
    return smaller.with(whole.objective());
  }

  /**
   * Masks that prune what the units that went had sent and received: the same network, not smaller.
   */
  public Map<String, Mask> masks() {
    Map<String, Mask> masks = new LinkedHashMap<>();
    Map<String, int[][]> indices = indices();
    for (Parameter p : units.network().parameters()) {
      int[][] stay = indices.get(p.name());
      if (stay == null || !p.role().isConnection()) {
        continue;
      }
      boolean[][] axes = new boolean[2][];
      for (int axis = 0; axis < 2; axis++) {
        int length = axis < p.shape().rank() ? p.shape().dim(axis) : 1;
        axes[axis] = new boolean[length];
        if (stay[axis].length == 0 && axis >= p.shape().rank()) {
          axes[axis][0] = true;
        }
        for (int index : stay[axis]) {
          axes[axis][index] = true;
        }
      }
      int inner = p.size() / (axes[0].length * axes[1].length);
      boolean[] keep = new boolean[p.size()];
      for (int i = 0; i < keep.length; i++) {
        int row = i / (axes[1].length * inner);
        int column = i / inner % axes[1].length;
        keep[i] = axes[0][row] && axes[1][column];
      }
      masks.put(p.name(), new Mask(p.shape(), keep));
    }
    return masks;
  }

  /** The indices that stay along both axes, by parameter and buffer. */
  private Map<String, int[][]> indices() {
    Map<String, BitSet[]> stay = new LinkedHashMap<>();
    units.network().state().forEach((name, value) -> stay.put(name, all(shape(name, value))));
    kept.forEach(
        (group, own) -> {
          for (Slice slice : group.slices()) {
            BitSet axis = Objects.requireNonNull(stay.get(slice.name()))[slice.axis()];
            for (int u = own.nextClearBit(0); u < group.units(); u = own.nextClearBit(u + 1)) {
              int first = slice.offset() + u * slice.each();
              axis.clear(first, first + slice.each());
            }
          }
        });
    Map<String, int[][]> indices = new LinkedHashMap<>();
    stay.forEach(
        (name, axes) ->
            indices.put(
                name, new int[][] {axes[0].stream().toArray(), axes[1].stream().toArray()}));
    return indices;
  }

  private static Shape shape(String name, Tensor value) {
    if (value.shape().rank() == 0) {
      throw new IllegalStateException(name + " is a single number");
    }
    return value.shape();
  }

  private static BitSet[] all(Shape shape) {
    BitSet rows = new BitSet();
    rows.set(0, shape.dim(0));
    BitSet columns = new BitSet();
    if (shape.rank() > 1) {
      columns.set(0, shape.dim(1));
    }
    return new BitSet[] {rows, columns};
  }

  private static int[] sizes(String name, Shape shape, Map<String, int[][]> indices) {
    int[][] stay = Objects.requireNonNull(indices.get(name));
    int[] sizes = shape.toArray();
    sizes[0] = stay[0].length;
    if (sizes.length > 1) {
      sizes[1] = stay[1].length;
    }
    return sizes;
  }

  private static Tensor chosen(Tensor whole, int @Nullable [][] stay) {
    int[][] indices = Objects.requireNonNull(stay);
    Shape shape = whole.shape();
    int columns = shape.rank() > 1 ? shape.dim(1) : 1;
    int inner = whole.size() / Math.max(1, shape.dim(0) * columns);
    int[] acrossOne = shape.rank() > 1 ? indices[1] : new int[] {0};
    int[] sizes = shape.toArray();
    sizes[0] = indices[0].length;
    if (sizes.length > 1) {
      sizes[1] = acrossOne.length;
    }
    Tensor part = Tensor.zeros(Shape.of(sizes));
    int to = 0;
    for (int row : indices[0]) {
      for (int column : acrossOne) {
        for (int i = 0; i < inner; i++) {
          part.put(to++, whole.at((row * columns + column) * inner + i));
        }
      }
    }
    return part;
  }

  private static LayerSpec smaller(LayerSpec spec, Map<String, int[][]> indices) {
    List<LayerSpec> parts = spec.parts().stream().map(part -> smaller(part, indices)).toList();
    Map<String, String> settings = new LinkedHashMap<>(spec.settings());
    int[][] weight = indices.get(settings.getOrDefault("name", "") + ".weight");
    if (weight != null) {
      resize(spec, weight, settings);
    }
    return new LayerSpec(spec.kind(), settings, parts);
  }

  private static void resize(LayerSpec spec, int[][] weight, Map<String, String> settings) {
    int rows = weight[0].length;
    switch (spec.kind()) {
      case "linear" -> {
        settings.put("out", String.valueOf(rows));
        settings.put("in", String.valueOf(weight[1].length));
      }
      case "conv2d" -> {
        int[] filters = spec.numbers("filters", 4);
        if (spec.conv().groups() > 1) {
          settings.put("groups", String.valueOf(rows));
        }
        filters[0] = rows;
        filters[1] = weight[1].length;
        settings.put("filters", Arrays.toString(filters).replaceAll("[\\[\\] ]", ""));
      }
      case "batch-norm" -> settings.put("channels", String.valueOf(rows));
      case "lstm", "gru" -> {
        int units = rows / (spec.kind().equals("lstm") ? 4 : 3);
        settings.put("units", String.valueOf(units));
        settings.put("in", String.valueOf(weight[1].length - units));
      }
      default -> throw new IllegalStateException(spec.kind());
    }
  }
}
