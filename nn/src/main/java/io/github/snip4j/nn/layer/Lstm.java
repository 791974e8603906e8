package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Recurrent;
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
 * Long short-term memory, from h<sub>0</sub> = c<sub>0</sub> = 0:
 *
 * <p>[i; f; g; o] = w [x<sub>t</sub>; h<sub>t-1</sub>] + b, then i, f, o by the sigmoid and g by
 * tanh, where f has the forget bias added first; c<sub>t</sub> = f c<sub>t-1</sub> + i g;
 * h<sub>t</sub> = o tanh c<sub>t</sub>. In plain loops: {@code core.internal.naive.NaiveLstm}.
 *
 * <p>x {@code [T, in, N]}, w {@code [4 H, in + H]}, b {@code [4 H]}, y {@code [T, H, N]}, gates in
 * the order i, f, g, o. Parameters {@code <name>.weight}, drawn by the initialiser, and {@code
 * <name>.bias}, zeros; the forget bias is a constant added to f's. PyTorch's {@code weight_ih_l0}
 * and {@code weight_hh_l0} are w's columns, the sum of its two biases is b: {@link Recurrent}.
 */
public final class Lstm implements Layer {
  private final GateParameters cell;
  private final float forgetBias;

  /**
   * @param name what the parameters' names begin with
   * @param forgetBias 1 in TensorFlow, 0 in PyTorch
   * @param seed the network's; the weight draws from its own child
   */
  public Lstm(
      String name, int in, int units, float forgetBias, Initializer initializer, Seed seed) {
    this.cell =
        new GateParameters(
            name, 4, in, units, Tensor.zeros(Shape.of(4 * units)), initializer, seed);
    this.forgetBias = forgetBias;
  }

  private Lstm(GateParameters cell, float forgetBias) {
    this.cell = cell;
    this.forgetBias = forgetBias;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Lstm(cell.on(change), forgetBias);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    cell.check(x);
    return Recurrent.lstm(x, pass.weight(cell.weight), pass.variable(cell.bias), forgetBias);
  }

  @Override
  public String name() {
    return cell.weight.layer();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(cell.weight, cell.bias);
  }

  @Override
  public LayerSpec describe() {
    return cell.spec("lstm", name(), 4).with("forgetBias", forgetBias);
  }
}
