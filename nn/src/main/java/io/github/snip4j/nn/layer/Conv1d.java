package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.SequenceConvolutions;
import io.github.snip4j.core.conv.Conv1dSpec;
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
 * A convolution along sequences: filters w moved over x, and a bias added per filter; formula in
 * {@link SequenceConvolutions}.
 *
 * <p>x {@code [C, L, N]}, w {@code [O, C/groups, 1, K]}, b {@code [O]}, y {@code [O, L_out, N]}.
 * Parameters {@code <name>.weight}, drawn by the initialiser, and {@code <name>.bias}, zeros.
 * PyTorch's weight is w without its axis of length 1.
 */
public final class Conv1d implements Layer {
  private final Parameter weight;
  private final Parameter bias;
  private final Conv1dSpec spec;

  /**
   * @param name what the parameters' names begin with
   * @param out O
   * @param in C
   * @param kernel K
   * @param seed the network's; the weight draws from its own child
   */
  public Conv1d(
      String name,
      int out,
      int in,
      int kernel,
      Conv1dSpec spec,
      Initializer initializer,
      Seed seed) {
    if (in % spec.groups() != 0 || out % spec.groups() != 0) {
      throw new IllegalArgumentException(
          (name + ": conv1d: from " + in + " to " + out + " channels in " + spec.groups())
              + " groups: expected groups that divide both");
    }
    String weightName = name + ".weight";
    Shape filters = Shape.of(out, in / spec.groups(), 1, kernel);
    Tensor w = initializer.draw(filters, seed.child(weightName));
    this.weight = new Parameter(weightName, Parameter.Role.WEIGHT, w);
    this.bias = new Parameter(name + ".bias", Parameter.Role.BIAS, Tensor.zeros(Shape.of(out)));
    this.spec = spec;
  }

  private Conv1d(Parameter weight, Parameter bias, Conv1dSpec spec) {
    this.weight = weight;
    this.bias = bias;
    this.spec = spec;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Conv1d(change.apply(weight), change.apply(bias), spec);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return SequenceConvolutions.conv1d(x, pass.weight(weight), pass.variable(bias), spec);
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
    return LayerSpec.of("conv1d")
        .with("name", name())
        .with("out", weight.shape().dim(0))
        .with("in", weight.shape().dim(1) * spec.groups())
        .with("kernel", weight.shape().dim(3))
        .with(
            "spec",
            spec.stride(),
            spec.dilation(),
            spec.groups(),
            spec.padBefore(),
            spec.padAfter());
  }
}
