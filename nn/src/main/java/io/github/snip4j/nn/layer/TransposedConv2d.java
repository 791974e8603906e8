package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.TransposedConvolutions;
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

/**
 * A transposed convolution of images, which enlarges them; formula in {@link
 * TransposedConvolutions}.
 *
 * <p>x {@code [C, H, W, N]}, w {@code [C, O/groups, kH, kW]}, b {@code [O]}, y {@code [O, H_out,
 * W_out, N]}. Parameters {@code <name>.weight}, drawn by the initialiser, and {@code <name>.bias},
 * zeros, as PyTorch's ConvTranspose2d has them.
 */
public final class TransposedConv2d implements Layer {
  private final Parameter weight;
  private final Parameter bias;
  private final Conv2dSpec spec;
  private final int moreH;
  private final int moreW;

  /**
   * @param name what the parameters' names begin with
   * @param filters {@code [C, O/groups, kH, kW]}
   * @param spec of the convolution that leads back, from y's size to x's
   * @param moreH rows at the end of y that this convolution does not read, less than the stride
   * @param moreW columns, likewise
   * @param seed the network's; the weight draws from its own child
   */
  public TransposedConv2d(
      String name,
      Shape filters,
      Conv2dSpec spec,
      int moreH,
      int moreW,
      Initializer initializer,
      Seed seed) {
    if (filters.rank() != 4) {
      throw new IllegalArgumentException(
          name + ": transposed conv2d: filters " + filters + ": expected [C, O/groups, kH, kW]");
    }
    String weightName = name + ".weight";
    Tensor w = initializer.draw(filters, seed.child(weightName));
    Tensor b = Tensor.zeros(Shape.of(filters.dim(1) * spec.groups()));
    this.weight = new Parameter(weightName, Parameter.Role.WEIGHT, w);
    this.bias = new Parameter(name + ".bias", Parameter.Role.BIAS, b);
    this.spec = spec;
    this.moreH = moreH;
    this.moreW = moreW;
  }

  private TransposedConv2d(TransposedConv2d like, UnaryOperator<Parameter> change) {
    this.weight = change.apply(like.weight);
    this.bias = change.apply(like.bias);
    this.spec = like.spec;
    this.moreH = like.moreH;
    this.moreW = like.moreW;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new TransposedConv2d(this, change);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return TransposedConvolutions.conv2d(
        x, pass.weight(weight), pass.variable(bias), spec, moreH, moreW);
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
    return Windows.spec(name(), weight.shape(), true, spec)
        .ofKind("transposed-conv2d")
        .with("more", moreH, moreW);
  }
}
