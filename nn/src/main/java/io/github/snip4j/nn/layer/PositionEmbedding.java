package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.Initializer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A learned vector for each place in a sequence, added to what is there: y[t, e, n] = x[t, e, n] +
 * p[t, e].
 *
 * <p>x and y {@code [T, E, N]}, p {@code [longest, E]} of which the first T rows are used.
 * Parameter {@code <name>.weight}, drawn by the initialiser; its numbers are added, so it counts as
 * a bias.
 */
public final class PositionEmbedding implements Layer {
  private final Parameter places;

  /**
   * @param name what the parameter's name begins with
   * @param longest the most steps that a sequence may have
   * @param features E
   * @param seed the network's; the parameter draws from its own child
   */
  public PositionEmbedding(
      String name, int longest, int features, Initializer initializer, Seed seed) {
    String weightName = name + ".weight";
    this.places =
        new Parameter(
            weightName,
            Parameter.Role.BIAS,
            initializer.draw(Shape.of(longest, features), seed.child(weightName)));
  }

  private PositionEmbedding(Parameter places) {
    this.places = places;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new PositionEmbedding(change.apply(places));
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    int longest = places.shape().dim(0);
    int features = places.shape().dim(1);
    Shape shape = x.shape();
    if (shape.rank() != 3 || shape.dim(0) > longest || shape.dim(1) != features) {
      throw new IllegalArgumentException(
          ("positions: input " + shape)
              + (": expected [T, " + features + ", N], T at most " + longest));
    }
    Variable used = Shapes.slice(pass.variable(places), 0, 0, shape.dim(0));
    return Arithmetic.add(x, Shapes.unsqueeze(used, -1));
  }

  @Override
  public String name() {
    return places.layer();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(places);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("position-embedding")
        .with("name", name())
        .with("longest", places.shape().dim(0))
        .with("features", places.shape().dim(1));
  }
}
