package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.sparse.PaddedPattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * {@link Filters} of a {@link PaddedPattern}: convolutions with what may differ from 0, and the
 * gradient with respect to all elements.
 */
record PaddedFilters(Filters sparse, Filters whole) implements Filters {
  @Override
  public Tensor forward(Tensor x, @Nullable Tensor bias) {
    return sparse.forward(x, bias);
  }

  @Override
  public Tensor inputGradient(Tensor dy, Shape x) {
    return sparse.inputGradient(dy, x);
  }

  @Override
  public Tensor weightGradient(Tensor dy, Tensor x) {
    return whole.weightGradient(dy, x);
  }
}
