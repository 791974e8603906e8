package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.Initializer;
import java.util.function.UnaryOperator;

/** What recurrent layers have in common: one matrix, one bias per row. */
final class GateParameters {
  final Parameter weight;
  final Parameter bias;
  private final int in;

  GateParameters(
      String name, int gates, int in, int units, Tensor bias, Initializer initializer, Seed seed) {
    String weightName = name + ".weight";
    Tensor w = initializer.draw(Shape.of(gates * units, in + units), seed.child(weightName));
    this.in = in;
    this.weight = new Parameter(weightName, Parameter.Role.WEIGHT, w);
    this.bias = new Parameter(name + ".bias", Parameter.Role.BIAS, bias);
  }

  private GateParameters(Parameter weight, Parameter bias, int in) {
    this.weight = weight;
    this.bias = bias;
    this.in = in;
  }

  GateParameters on(UnaryOperator<Parameter> change) {
    return new GateParameters(change.apply(weight), change.apply(bias), in);
  }

  LayerSpec spec(String kind, String name, int gates) {
    return LayerSpec.of(kind)
        .with("name", name)
        .with("in", in)
        .with("units", weight.shape().dim(0) / gates);
  }

  /** Refuses an input that is not {@code [T, in, N]}. */
  void check(Variable x) {
    if (x.shape().rank() != 3 || x.shape().dim(1) != in) {
      throw new IllegalArgumentException("input " + x.shape() + ": expected [T, " + in + ", N]");
    }
  }
}
