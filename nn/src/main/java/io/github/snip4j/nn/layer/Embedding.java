package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Lookups;
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
 * A vector for each word: y[..., e, n] = w[x[..., n], e].
 *
 * <p>x {@code [..., N]}, whole numbers from 0 to V-1, as a sequence {@code [T, N]}; w {@code [V,
 * E]}; y {@code [..., E, N]}. Parameter {@code <name>.weight}, drawn by the initialiser. The
 * gradient with respect to x is 0.
 */
public final class Embedding implements Layer {
  private final Parameter weight;

  /**
   * @param name what the parameter's name begins with
   * @param words V
   * @param features E
   * @param seed the network's; the weight draws from its own child
   */
  public Embedding(String name, int words, int features, Initializer initializer, Seed seed) {
    String weightName = name + ".weight";
    this.weight =
        new Parameter(
            weightName,
            Parameter.Role.WEIGHT,
            initializer.draw(Shape.of(words, features), seed.child(weightName)));
  }

  private Embedding(Parameter weight) {
    this.weight = weight;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Embedding(change.apply(weight));
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return Lookups.embedding(pass.variable(weight), x);
  }

  @Override
  public String name() {
    return weight.layer();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("embedding")
        .with("name", name())
        .with("words", weight.shape().dim(0))
        .with("features", weight.shape().dim(1));
  }
}
