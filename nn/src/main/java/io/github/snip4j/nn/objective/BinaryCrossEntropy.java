package io.github.snip4j.nn.objective;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Losses;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/**
 * Cross-entropy of many labels, each of which holds (1) or not (0), or holds with a probability: -t
 * ln σ(z) - (1 - t) ln(1 - σ(z)), averaged over labels and examples; PyTorch's {@code
 * BCEWithLogitsLoss}. Targets: {@code Targets.values}, of the logits' shape.
 */
public record BinaryCrossEntropy() implements Objective {
  /**
   * @throws IllegalArgumentException if the targets have another shape than the outputs, or one is
   *     not in [0, 1]
   */
  @Override
  public Variable loss(Variable outputs, Targets targets) {
    Probabilities.check("binary cross-entropy", targets.values());
    return Losses.binaryCrossEntropy(outputs, targets.values());
  }

  /**
   * Examples of which a label is told wrongly: above a half where it does not hold, or not where.
   */
  @Override
  public Answers answers(Tensor outputs, Targets targets) {
    Tensor t = targets.values();
    int n = targets.examples();
    int wrong = 0;
    for (int example = 0; example < n; example++) {
      boolean right = true;
      for (int i = example; i < t.size(); i += n) {
        right &= !Float.isNaN(outputs.at(i)) && outputs.at(i) > 0 == t.at(i) > 0.5f;
      }
      wrong += right ? 0 : 1;
    }
    return new Answers(wrong, n);
  }

  @Override
  public boolean isOfLogits() {
    return true;
  }

  /** H is diagonal: σ(z) (1 - σ(z)) / labels. */
  @Override
  public List<Tensor> curvature(Tensor outputs, Targets targets) {
    return Diagonal.roots(
        outputs,
        i -> {
          double small = 1 / (1 + Math.exp(Math.abs((double) outputs.at(i))));
          return small * (1 - small) / outputs.size();
        });
  }
}
