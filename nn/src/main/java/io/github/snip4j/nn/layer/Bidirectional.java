package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reorderings;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Two recurrent layers, one of which reads the sequence backwards; at each step the features of
 * both, one after the other: {@code [T, F, N]} to {@code [T, 2 H, N]}. Several of them one after
 * the other, in a {@link Sequential}, make several layers.
 */
public final class Bidirectional implements Layer {
  private final Parts parts; // ahead and back

  /**
   * @param ahead from {@code [T, F, N]} to {@code [T, H, N]}
   * @param back likewise; it is given the last step first
   */
  public Bidirectional(Layer ahead, Layer back) {
    this(Parts.of(ahead, back));
  }

  private Bidirectional(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    if (x.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "both directions: input " + x.shape() + ": expected [T, F, N]");
    }
    Variable first = pass.through(parts.get(0), x);
    Variable second = pass.through(parts.get(1), Reorderings.reverse(x, 0));
    return Shapes.concatenate(List.of(first, Reorderings.reverse(second, 0)), 1);
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Bidirectional(parts.on(change));
  }

  @Override
  public List<Parameter> parameters() {
    return parts.parameters();
  }

  @Override
  public List<Buffer> buffers() {
    return parts.buffers();
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("bidirectional")
        .with(parts.get(0).describe())
        .with(parts.get(1).describe());
  }
}
