package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.autograd.op.Recurrent;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.Initializer;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Gated recurrent units, from h<sub>0</sub> = 0:
 *
 * <p>[r; z] = sigmoid(w<sub>rz</sub> [x<sub>t</sub>; h<sub>t-1</sub>] + b<sub>rz</sub>);
 * h<sub>t</sub> = (1 - z) n + z h<sub>t-1</sub>, where n = tanh(w<sub>n</sub> [x<sub>t</sub>; r
 * h<sub>t-1</sub>] + b<sub>n</sub>), or with the reset after the product n = tanh(w<sub>nx</sub>
 * x<sub>t</sub> + b<sub>nx</sub> + r (w<sub>nh</sub> h<sub>t-1</sub> + b<sub>nh</sub>)). In plain
 * loops: {@code core.internal.naive.NaiveGru}.
 *
 * <p>x {@code [T, in, N]}, w {@code [3 H, in + H]}, y {@code [T, H, N]}, gates in the order r, z,
 * n. b is {@code [3 H]}, and {@code [4 H]} with the reset after the product, where n has two.
 * Parameters {@code <name>.weight}, drawn by the initialiser, and {@code <name>.bias}, as
 * TensorFlow has it: 1 for r and z, so that a new cell keeps its state, 0 for n. How PyTorch's
 * parameters become these: {@link Recurrent}.
 */
public final class Gru implements Layer {
  /** Where the reset gate is applied. */
  public enum Reset {
    /** To the state: Cho et al., TensorFlow. */
    BEFORE_PRODUCT,
    /** To the state's product with its weights: cuDNN, PyTorch. */
    AFTER_PRODUCT
  }

  private final GateParameters cell;
  private final Reset reset;

  /**
   * @param name what the parameters' names begin with
   * @param seed the network's; the weight draws from its own child
   */
  public Gru(String name, int in, int units, Reset reset, Initializer initializer, Seed seed) {
    Tensor bias = Tensor.zeros(Shape.of((reset == Reset.BEFORE_PRODUCT ? 3 : 4) * units));
    Arrays.fill(bias.data(), bias.offset(), bias.offset() + 2 * units, 1f);
    this.cell = new GateParameters(name, 3, in, units, bias, initializer, seed);
    this.reset = reset;
  }

  private Gru(GateParameters cell, Reset reset) {
    this.cell = cell;
    this.reset = reset;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Gru(cell.on(change), reset);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    cell.check(x);
    Weight w = pass.weight(cell.weight);
    Variable b = pass.variable(cell.bias);
    return reset == Reset.BEFORE_PRODUCT
        ? Recurrent.gru(x, w, b)
        : Recurrent.gruResetAfter(x, w, b);
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
    return cell.spec("gru", name(), 3).with("reset", reset);
  }
}
