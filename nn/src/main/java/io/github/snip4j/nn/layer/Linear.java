package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Products;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.Initializer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A fully connected layer: y = w x + b.
 *
 * <p>x {@code [in, N]}, w {@code [out, in]}, b {@code [out]}, y {@code [out, N]}. Parameters {@code
 * <name>.weight}, drawn by the initialiser, and {@code <name>.bias}, zeros.
 */
public final class Linear implements Layer {
  private final Parameter weight;
  private final Parameter bias;

  /**
   * @param name what the parameters' names begin with
   * @param seed the network's; each parameter draws from its own child
   */
  public Linear(String name, int in, int out, Initializer initializer, Seed seed) {
    String weightName = name + ".weight";
    Tensor w = initializer.draw(Shape.of(out, in), seed.child(weightName));
    this.weight = new Parameter(weightName, Parameter.Role.WEIGHT, w);
    this.bias = new Parameter(name + ".bias", Parameter.Role.BIAS, Tensor.zeros(Shape.of(out)));
  }

  private Linear(Parameter weight, Parameter bias) {
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Linear(change.apply(weight), change.apply(bias));
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return Products.linear(x, pass.weight(weight), pass.variable(bias));
  }

  @Override
  public String name() {
    return weight.layer();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("linear")
        .with("name", name())
        .with("in", weight.shape().dim(1))
        .with("out", weight.shape().dim(0));
  }
}
