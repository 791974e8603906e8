package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Transfer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A layer applied to each time step by itself, with the same parameters: {@code [T, F, N]} becomes
 * {@code [T, out, N]}. The layer sees all steps as one batch, {@code [F, T N]}.
 */
public final class TimeDistributed implements Layer {
  private final Layer layer;

  /**
   * @param layer from {@code [F, N]} to {@code [out, N]}
   */
  public TimeDistributed(Layer layer) {
    this.layer = layer;
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    if (x.shape().rank() != 3) {
      throw new IllegalArgumentException("each step: input " + x.shape() + ": expected [T, F, N]");
    }
    int steps = x.shape().dim(0);
    int features = x.shape().dim(1);
    int batch = x.shape().dim(2);
    Variable columns = Shapes.reshape(Shapes.transpose(x, 0, 1), Shape.of(features, steps * batch));
    Variable y = pass.through(layer, columns);
    return Shapes.transpose(Shapes.reshape(y, Shape.of(y.shape().dim(0), steps, batch)), 0, 1);
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new TimeDistributed(Transfer.of(layer, change));
  }

  @Override
  public List<Parameter> parameters() {
    return layer.parameters();
  }

  @Override
  public List<Buffer> buffers() {
    return layer.buffers();
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("time-distributed").with(layer.describe());
  }
}
