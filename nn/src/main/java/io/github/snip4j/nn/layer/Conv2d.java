package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Convolutions;
import io.github.snip4j.core.conv.Conv2dSpec;
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
import org.jspecify.annotations.Nullable;

/**
 * A convolution of images, filters w moved over x, and a bias added per filter:
 *
 * <p>y[o, h, w, n] = b[o] + Σ<sub>c, i, j</sub> w[o, c, i, j] x[c, h stride + i dilation - pad, w
 * stride + j dilation - pad, n], c over the channels of o's group. In plain loops: {@code
 * core.internal.naive.NaiveConvolution}.
 *
 * <p>x {@code [C, H, W, N]}, w {@code [O, C/groups, kH, kW]}, b {@code [O]}, y {@code [O, H_out,
 * W_out, N]}. Parameters {@code <name>.weight}, drawn by the initialiser, and {@code <name>.bias},
 * zeros.
 */
public final class Conv2d implements Layer {
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final Conv2dSpec spec;

  /**
   * A convolution with a bias.
   *
   * @param name what the parameters' names begin with
   * @param filters {@code [O, C/groups, kH, kW]}
   * @param seed the network's; each parameter draws from its own child
   */
  public Conv2d(String name, Shape filters, Conv2dSpec spec, Initializer initializer, Seed seed) {
    this(name, filters, spec, true, initializer, seed);
  }

  private Conv2d(
      String name,
      Shape filters,
      Conv2dSpec spec,
      boolean withBias,
      Initializer initializer,
      Seed seed) {
    String weightName = name + ".weight";
    Tensor w = initializer.draw(filters, seed.child(weightName));
    this.weight = new Parameter(weightName, Parameter.Role.WEIGHT, w);
    this.spec = spec;
    Tensor zeros = Tensor.zeros(Shape.of(filters.dim(0)));
    this.bias = withBias ? new Parameter(name + ".bias", Parameter.Role.BIAS, zeros) : null;
  }

  private Conv2d(Parameter weight, @Nullable Parameter bias, Conv2dSpec spec) {
    this.weight = weight;
    this.bias = bias;
    this.spec = spec;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Conv2d(change.apply(weight), bias == null ? null : change.apply(bias), spec);
  }

  /** A convolution that adds nothing, as before a batch norm, which would take it off again. */
  public static Conv2d withoutBias(
      String name, Shape filters, Conv2dSpec spec, Initializer initializer, Seed seed) {
    return new Conv2d(name, filters, spec, false, initializer, seed);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    Variable b = bias == null ? null : pass.variable(bias);
    return Convolutions.conv2d(x, pass.weight(weight), b, spec);
  }

  @Override
  public String name() {
    return weight.layer();
  }

  @Override
  public List<Parameter> parameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public LayerSpec describe() {
    return Windows.spec(name(), weight.shape(), bias != null, spec);
  }
}
