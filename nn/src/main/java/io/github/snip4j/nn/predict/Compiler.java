package io.github.snip4j.nn.predict;

import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.internal.backend.FloatMath;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.predict.Plan.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays a network out for one example. */
final class Compiler {
  private static final Map<String, Activation> ACTIVATIONS =
      Map.ofEntries(
          Map.entry("relu", x -> Math.max(x, 0f)),
          Map.entry("relu6", Compiler::relu6),
          Map.entry("hard-sigmoid", x -> relu6(x + 3) / 6),
          Map.entry("hard-swish", x -> x * relu6(x + 3) / 6),
          Map.entry("tanh", FloatMath::tanh),
          Map.entry("sigmoid", FloatMath::sigmoid),
          Map.entry("softplus", FloatMath::softplus),
          Map.entry("gelu", FloatMath::gelu),
          Map.entry("silu", x -> x * FloatMath.sigmoid(x)));

  private final WeightRows weights;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Integer> scratch = new ArrayList<>();

  /** Where a value is. */
  private record Value(int buffer, Shape shape) {}

  /** Says that the plan has no step for a kind of layer. */
  private static final class NoStepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoStepException(String kind) {
      super(kind);
    }
  }

  private static float relu6(float x) {
    return Math.min(Math.max(x, 0f), 6f);
  }

  private Compiler(Network network) {
    this.weights = new WeightRows(network);
  }

  /** The plan; null if a layer is of a kind that it has no step for. */
  static @Nullable Plan plan(Network network) {
    Compiler compiler = new Compiler(network);
    Value input = compiler.value(network.input());
    try {
      Value result = compiler.layer(network.body().describe(), input, false);
      return new Plan(
          List.copyOf(compiler.instructions),
          List.copyOf(compiler.buffers),
          List.copyOf(compiler.scratch),
          result.buffer);
    } catch (NoStepException e) {
      return null;
    }
  }

  private Value value(Shape shape) {
    buffers.add(shape.size());
    return new Value(buffers.size() - 1, shape);
  }

  /**
   * Adds the steps of a layer.
   *
   * @param kept whether x is needed afterwards
   */
  private Value layer(LayerSpec spec, Value x, boolean kept) {
    Activation activation = ACTIVATIONS.get(spec.kind());
    if (activation != null) {
      return step(Activation.step(x.shape.size(), activation), x, x.shape, kept);
    }
    return switch (spec.kind()) {
      case "sequential" -> sequential(spec, x, kept);
      case "residual" -> residual(spec, x);
      case "dropout" -> x;
      case "flatten" -> new Value(x.buffer, Shape.of(x.shape.size()));
      case "rows-as-sequence" -> new Value(x.buffer, Shape.of(x.shape.dim(1), x.shape.dim(2)));
      case "last-time-step" -> lastTimeStep(x);
      case "leaky-relu" -> {
        float slope = (float) spec.real("slope");
        yield step(Activation.step(x.shape.size(), v -> v > 0 ? v : slope * v), x, x.shape, kept);
      }
      case "linear" -> step(weights.linear(spec), x, Shape.of(spec.number("out")), true);
      case "conv2d" -> convolution(spec, x);
      case "batch-norm" -> step(weights.batchNorm(spec, x.shape.size()), x, x.shape, kept);
      case "max-pool2d" -> pool(spec.pool(), true, x);
      case "average-pool2d" -> pool(withoutPadding(spec), false, x);
      case "global-average-pool" ->
          reshaped(
              pool(PoolSpec.global(x.shape.dim(1), x.shape.dim(2)), false, x),
              Shape.of(x.shape.dim(0)));
      case "time-distributed" -> eachStep(spec.parts().get(0), x);
      case "lstm" -> sequence(weights.lstm(spec, x.shape.dim(0)), spec, x);
      case "gru" -> sequence(weights.gru(spec, x.shape.dim(0)), spec, x);
      default -> throw new NoStepException(spec.kind());
    };
  }

  private Value sequential(LayerSpec spec, Value x, boolean kept) {
    Value y = x;
    for (LayerSpec part : spec.parts()) {
      y = layer(part, y, kept && y.buffer == x.buffer);
    }
    return y;
  }

  private Value residual(LayerSpec spec, Value x) {
    Value through = layer(spec.parts().get(0), x, true);
    Value around = spec.parts().size() == 1 ? x : layer(spec.parts().get(1), x, true);
    int size = through.shape.size();
    Step sum =
        (from, to, scratchArrays) -> {
          for (int i = 0; i < size; i++) {
            to[i] += from[i];
          }
        };
    if (through.buffer == x.buffer) { // a body that does nothing
      throw new NoStepException(spec.kind());
    }
    instructions.add(new Instruction(sum, around.buffer, through.buffer));
    return through;
  }

  private Value lastTimeStep(Value x) {
    int steps = x.shape.dim(0);
    int units = x.shape.dim(1);
    Step copy =
        (from, to, scratchArrays) -> System.arraycopy(from, (steps - 1) * units, to, 0, units);
    return step(copy, x, Shape.of(units), true);
  }

  private Value convolution(LayerSpec spec, Value x) {
    int[] filters = spec.numbers("filters", 4);
    PaddedPhases layout =
        new PaddedPhases(
            x.shape.dim(0), x.shape.dim(1), x.shape.dim(2), filters[2], filters[3], spec.conv());
    Shape out = Shape.of(filters[0], layout.outH, layout.outW);
    return step(weights.convolution(spec, layout), x, out, true);
  }

  private static PoolSpec withoutPadding(LayerSpec spec) {
    PoolSpec pool = spec.pool();
    int padding = pool.padTop() + pool.padBottom() + pool.padLeft() + pool.padRight();
    if (padding > 0 || pool.roundUp()) {
      throw new NoStepException(spec.kind());
    }
    return pool;
  }

  private Value pool(PoolSpec pool, boolean largest, Value x) {
    Shape out = pool.output("pool", x.shape.append(1)).dropLast();
    Step step =
        new Pool(
            pool, largest, x.shape.dim(0), x.shape.dim(1), x.shape.dim(2), out.dim(1), out.dim(2));
    return step(step, x, out, true);
  }

  private Value eachStep(LayerSpec part, Value x) {
    if (!part.kind().equals("linear")) {
      throw new NoStepException("time-distributed " + part.kind());
    }
    int steps = x.shape.dim(0);
    int out = part.number("out");
    Step step = new EachTimeStep(weights.linear(part), steps, x.shape.dim(1), out);
    return step(step, x, Shape.of(steps, out), true);
  }

  private Value sequence(Step step, LayerSpec spec, Value x) {
    return step(step, x, Shape.of(x.shape.dim(0), spec.number("units")), true);
  }

  private static Value reshaped(Value x, Shape shape) {
    return new Value(x.buffer, shape);
  }

  private Value step(Step step, Value x, Shape out, boolean kept) {
    Value y = step.isInPlace() && !kept ? x : value(out);
    instructions.add(new Instruction(step, x.buffer, y.buffer));
    int[] lengths = step.scratch();
    for (int k = 0; k < lengths.length; k++) {
      if (k == scratch.size()) {
        scratch.add(0);
      }
      scratch.set(k, Math.max(scratch.get(k), lengths[k]));
    }
    return new Value(y.buffer, out);
  }
}
