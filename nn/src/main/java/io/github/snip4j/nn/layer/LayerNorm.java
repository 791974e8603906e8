package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.ExampleNormalizations;
import io.github.snip4j.core.internal.kernel.LayerNormKernel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Layer normalisation over the features of each example, or of each of its time steps, in training
 * and in use alike: y = scale (x - mean) / √(variance + eps) + shift; source in {@link
 * LayerNormKernel}.
 *
 * <p>x and y {@code [..., E, N]}: features {@code [E, N]} or sequences {@code [T, E, N]}.
 * Parameters {@code <name>.weight} (the scale), ones, and {@code <name>.bias} (the shift), zeros:
 * PyTorch's names.
 */
public final class LayerNorm implements Layer {
  /** PyTorch's default. */
  public static final double EPS = 1e-5;

  private final Parameter scale;
  private final Parameter shift;
  private final double eps;

  /** With PyTorch's eps. */
  public LayerNorm(String name, int features) {
    this(name, features, EPS);
  }

  /**
   * Any layer norm.
   *
   * @param name what the names of the parameters begin with
   * @param eps added to the variance; positive
   */
  public LayerNorm(String name, int features, double eps) {
    if (!(eps > 0)) {
      throw new IllegalArgumentException(
          name + ": layer norm: eps " + eps + ": expected a positive number");
    }
    Shape shape = Shape.of(features);
    this.scale = new Parameter(name + ".weight", Parameter.Role.SCALE, Tensor.full(shape, 1f));
    this.shift = new Parameter(name + ".bias", Parameter.Role.SHIFT, Tensor.zeros(shape));
    this.eps = eps;
  }

  private LayerNorm(Parameter scale, Parameter shift, double eps) {
    this.scale = scale;
    this.shift = shift;
    this.eps = eps;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new LayerNorm(change.apply(scale), change.apply(shift), eps);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return ExampleNormalizations.layerNorm(x, pass.variable(scale), pass.variable(shift), -2, eps);
  }

  @Override
  public String name() {
    return scale.layer();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("layer-norm")
        .with("name", name())
        .with("features", scale.size())
        .with("eps", eps);
  }
}
