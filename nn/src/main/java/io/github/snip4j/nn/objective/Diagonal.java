package io.github.snip4j.nn.objective;

import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Second derivatives by outputs that are 0 between different outputs. */
final class Diagonal {
  private Diagonal() {}

  /** A root for each output, from the second derivative by it. */
  static List<Tensor> roots(Tensor outputs, IntToDoubleFunction second) {
    List<Tensor> roots = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Tensor root = Tensor.zeros(outputs.shape());
      root.put(i, (float) Math.sqrt(second.applyAsDouble(i)));
      roots.add(root);
    }
    return roots;
  }
}
