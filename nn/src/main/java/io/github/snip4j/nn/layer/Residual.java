package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Transfer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A layer and a way around it: y = body(x) + x, or body(x) + shortcut(x) [He, Zhang, Ren, Sun,
 * <i>Deep residual learning for image recognition</i>, 2016].
 *
 * <p>Both ways must lead to one shape, which is y's.
 */
public final class Residual implements Layer {
  private final String name;
  private final Layer body;
  private final @Nullable Layer shortcut;

  /** Around the body goes x itself. */
  public Residual(String name, Layer body) {
    this.name = name;
    this.body = body;
    this.shortcut = null;
  }

  /** Around the body goes a shortcut, as a 1x1 convolution where the body changes the shape. */
  public Residual(String name, Layer body, Layer shortcut) {
    this.name = name;
    this.body = body;
    this.shortcut = shortcut;
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    Variable through = pass.through(body, x);
    Variable around = shortcut == null ? x : pass.through(shortcut, x);
    if (!through.shape().equals(around.shape())) {
      throw new IllegalArgumentException(
          ("residual: " + through.shape() + " + " + around.shape())
              + ": the body and the way around it must give one shape");
    }
    return Arithmetic.add(through, around);
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return shortcut == null
        ? new Residual(name, Transfer.of(body, change))
        : new Residual(name, Transfer.of(body, change), Transfer.of(shortcut, change));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return Parts.of(body, shortcut).parameters();
  }

  @Override
  public List<Buffer> buffers() {
    return Parts.of(body, shortcut).buffers();
  }

  @Override
  public LayerSpec describe() {
    return shortcut == null
        ? LayerSpec.of("residual").with("name", name).with(body.describe())
        : LayerSpec.of("residual")
            .with("name", name)
            .with(body.describe())
            .with(shortcut.describe());
  }
}
