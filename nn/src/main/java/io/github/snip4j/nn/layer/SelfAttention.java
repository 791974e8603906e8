package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.BatchedProducts;
import io.github.snip4j.autograd.op.Products;
import io.github.snip4j.autograd.op.Reorderings;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.autograd.op.Softmaxes;
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
 * Multi-head self-attention [1]: each time step asks all steps (or those up to itself) and takes
 * the mean of their values, weighted by how well they answer. With the queries, keys and values q,
 * k, v of a head, of d = E / heads features each: y = v softmax(k<sup>T</sup> q / √d), the softmax
 * over the steps of k.
 *
 * <p>x and y {@code [T, E, N]}. Parameters, under the names that PyTorch's MultiheadAttention has:
 * {@code <name>.in_proj_weight} {@code [3 E, E]} (the rows of q, then k, then v) and {@code
 * <name>.out_proj.weight} {@code [E, E]}, drawn by the initialiser, {@code <name>.in_proj_bias} and
 * {@code <name>.out_proj.bias}, zeros.
 *
 * <p>[1] Vaswani et al., <i>Attention is all you need</i>, 2017, section 3.2.
 */
public final class SelfAttention implements Layer {
  private final String name;
  private final int heads;
  private final boolean causal;
  private final Parameter inWeight;
  private final Parameter inBias;
  private final Parameter outWeight;
  private final Parameter outBias;

  /**
   * @param name what the parameters' names begin with
   * @param features E
   * @param heads divides the features
   * @param causal whether a step asks those up to itself alone
   * @param seed the network's; each weight draws from its own child
   */
  public SelfAttention(
      String name, int features, int heads, boolean causal, Initializer initializer, Seed seed) {
    if (heads < 1 || features < 1 || features % heads != 0) {
      throw new IllegalArgumentException(
          (name + ": self-attention: " + features + " features in " + heads + " heads")
              + ": expected heads that divide the features");
    }
    this.name = name;
    this.heads = heads;
    this.causal = causal;
    this.inWeight = weight(".in_proj_weight", 3 * features, features, initializer, seed);
    this.inBias = bias(".in_proj_bias", 3 * features);
    this.outWeight = weight(".out_proj.weight", features, features, initializer, seed);
    this.outBias = bias(".out_proj.bias", features);
  }

  private Parameter weight(String kind, int out, int in, Initializer initializer, Seed seed) {
    Tensor w = initializer.draw(Shape.of(out, in), seed.child(name + kind));
    return new Parameter(name + kind, Parameter.Role.WEIGHT, w);
  }

  private Parameter bias(String kind, int length) {
    return new Parameter(name + kind, Parameter.Role.BIAS, Tensor.zeros(Shape.of(length)));
  }

  private SelfAttention(SelfAttention like, UnaryOperator<Parameter> change) {
    this.name = like.name;
    this.heads = like.heads;
    this.causal = like.causal;
    this.inWeight = change.apply(like.inWeight);
    this.inBias = change.apply(like.inBias);
    this.outWeight = change.apply(like.outWeight);
    this.outBias = change.apply(like.outBias);
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new SelfAttention(this, change);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    int features = outWeight.shape().dim(0);
    if (x.shape().rank() != 3 || x.shape().dim(0) == 0 || x.shape().dim(1) != features) {
      throw new IllegalArgumentException(
          ("self-attention: input " + x.shape() + ": expected [T, " + features + ", N]")
              + ", T at least 1");
    }
    int steps = x.shape().dim(0);
    int batch = x.shape().dim(2);
    Variable columns = // all steps as one batch, [E, T N]
        Shapes.reshape(Shapes.transpose(x, 0, 1), Shape.of(features, steps * batch));
    Variable projected =
        Products.linear(columns, pass.weight(inWeight), pass.variable(inBias)); // [3 E, T N]
    Shape split = Shape.of(3, heads, features / heads, steps, batch);
    Variable perHead = Reorderings.permute(Shapes.reshape(projected, split), 0, 4, 1, 2, 3);
    Variable y = attend(part(perHead, 0), part(perHead, 1), part(perHead, 2)); // [N, heads, d, T]
    Variable together =
        Shapes.reshape(Reorderings.permute(y, 1, 2, 3, 0), Shape.of(features, steps * batch));
    Variable out = Products.linear(together, pass.weight(outWeight), pass.variable(outBias));
    return Shapes.transpose(Shapes.reshape(out, Shape.of(features, steps, batch)), 0, 1);
  }

  /** q, k or v of all examples and heads, {@code [N, heads, d, T]}. */
  private static Variable part(Variable perHead, int which) {
    return Shapes.squeeze(Shapes.slice(perHead, 0, which, which + 1), 0);
  }

  private Variable attend(Variable q, Variable k, Variable v) {
    float scale = (float) (1 / Math.sqrt(q.shape().dim(-2)));
    Variable fit = BatchedProducts.transposedMatmul(k, Arithmetic.scale(q, scale)); // [.., Tk, Tq]
    Variable seen = causal ? Arithmetic.add(fit, laterSteps(q.shape().dim(-1))) : fit;
    return BatchedProducts.matmul(v, Softmaxes.softmax(seen, -2));
  }

  /** Minus infinity where the step of k is later than that of q, else 0. */
  private static Variable laterSteps(int steps) {
    Tensor mask = Tensor.zeros(Shape.of(steps, steps));
    for (int k = 0; k < steps; k++) {
      for (int q = 0; q < k; q++) {
        mask.set(Float.NEGATIVE_INFINITY, k, q);
      }
    }
    return Variable.constant(mask);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(inWeight, inBias, outWeight, outBias);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("self-attention")
        .with("name", name)
        .with("features", outWeight.shape().dim(0))
        .with("heads", heads)
        .with("causal", causal);
  }
}
