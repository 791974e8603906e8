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
 * Group normalisation: the channels of an example in groups, each by its own mean and variance, in
 * training and in use alike: y = scale (x - mean) / √(variance + eps) + shift; source in {@link
 * LayerNormKernel}. As many groups as channels is instance normalisation.
 *
 * <p>x and y {@code [C, ..., N]}. Parameters {@code <name>.weight} (the scale), ones, and {@code
 * <name>.bias} (the shift), zeros, both {@code [C]}: PyTorch's names.
 */
public final class GroupNorm implements Layer {
  private final Parameter scale;
  private final Parameter shift;
  private final int groups;
  private final double eps;

  /** With PyTorch's eps, 1e-5. */
  public GroupNorm(String name, int channels, int groups) {
    this(name, channels, groups, LayerNorm.EPS);
  }

  /**
   * Any group norm.
   *
   * @param name what the names of the parameters begin with
   * @param groups divides the channels
   * @param eps added to the variance; positive
   */
  public GroupNorm(String name, int channels, int groups, double eps) {
    if (!(eps > 0) || groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          (name + ": group norm: eps " + eps + ", " + channels + " channels in " + groups)
              + " groups: expected a positive eps, and groups that divide the channels");
    }
    Shape shape = Shape.of(channels);
    this.scale = new Parameter(name + ".weight", Parameter.Role.SCALE, Tensor.full(shape, 1f));
    this.shift = new Parameter(name + ".bias", Parameter.Role.SHIFT, Tensor.zeros(shape));
    this.groups = groups;
    this.eps = eps;
  }

  private GroupNorm(Parameter scale, Parameter shift, int groups, double eps) {
    this.scale = scale;
    this.shift = shift;
    this.groups = groups;
    this.eps = eps;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new GroupNorm(change.apply(scale), change.apply(shift), groups, eps);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return ExampleNormalizations.groupNorm(
        x, pass.variable(scale), pass.variable(shift), groups, eps);
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
    return LayerSpec.of("group-norm")
        .with("name", name())
        .with("channels", scale.size())
        .with("groups", groups)
        .with("eps", eps);
  }
}
