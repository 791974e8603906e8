package io.github.snip4j.snip.dynamic;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The exponentially weighted mean of ∂L/∂w at every position of some parameters, also where no
 * connection exists: m ← β m + (1 - β) ∂L/∂w, from 0. It takes the memory of the whole parameters.
 */
final class DenseMomentum {
  /** β: what the mean remembers from one step to the next. */
  private static final float REMEMBERED = 0.9f;

  private final Map<String, Tensor> means = new LinkedHashMap<>();

  DenseMomentum(List<Parameter> parameters) {
    parameters.forEach(p -> means.put(p.name(), Tensor.zeros(p.shape())));
  }

  Map<String, Tensor> means() {
    return means;
  }

  /** Sets the means to others, which are copied. */
  void restore(Map<String, Tensor> saved) {
    if (!saved.keySet().equals(means.keySet())) {
      throw new IllegalArgumentException(
          ("momentum: the state is of " + saved.keySet())
              + (": expected that of " + means.keySet() + ", whose connections move"));
    }
    saved.forEach(
        (name, mean) -> {
          Shape expected = Objects.requireNonNull(means.get(name)).shape();
          if (!mean.shape().equals(expected)) {
            throw new IllegalArgumentException(
                "momentum: the state of "
                    + name
                    + " is "
                    + mean.shape()
                    + ": expected "
                    + expected);
          }
        });
    saved.forEach((name, mean) -> Objects.requireNonNull(means.get(name)).copyFrom(mean));
  }

  /** Takes in the gradients of a pass that has them at every position. */
  void add(List<Parameter> parameters, Pass pass, Gradients gradients) {
    for (Parameter parameter : parameters) {
      Tensor mean = of(parameter);
      Tensor gradient = gradients.of(pass.values(parameter));
      float[] m = mean.data();
      float[] g = gradient.data();
      int at = mean.offset();
      int from = gradient.offset();
      for (int i = 0; i < mean.size(); i++) {
        m[at + i] = REMEMBERED * m[at + i] + (1 - REMEMBERED) * g[from + i];
      }
    }
  }

  Tensor of(Parameter parameter) {
    Tensor mean = means.get(parameter.name());
    if (mean == null) {
      throw new IllegalArgumentException("momentum: no parameter " + parameter);
    }
    return mean;
  }
}
