package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;

/**
 * The {@link Structure} of a whole weight that is 0 outside of a {@link SparsePattern}: all its
 * elements exist, and have a gradient, but products need to look at those of the pattern alone.
 *
 * <p>Who asks for the gradient with respect to elements that are pruned gives a weight this
 * structure: the products forward and back to the input stay sparse, only the gradient with respect
 * to the weight is the dense one. Whoever does not know this structure computes with the zeros, and
 * is right too.
 *
 * @param pattern outside of which the weight is 0
 */
public record PaddedPattern(SparsePattern pattern) implements Structure {
  @Override
  public Shape shape() {
    return pattern.shape();
  }

  @Override
  public int count() {
    return shape().size();
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public int[] positions() {
    return Structure.whole(shape()).positions();
  }

  @Override
  public long bytes() {
    return pattern.bytes();
  }

  @Override
  public Tensor gather(Tensor whole) {
    return Structure.whole(shape()).gather(whole);
  }

  @Override
  public Tensor spread(Tensor values) {
    return Structure.whole(shape()).spread(values);
  }
}
