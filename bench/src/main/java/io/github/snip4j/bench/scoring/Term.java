package io.github.snip4j.bench.scoring;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.SensitivitySum;
import io.github.snip4j.snip.criterion.BrainDamage;
import io.github.snip4j.snip.criterion.GradientFlow;
import io.github.snip4j.snip.criterion.HessianProduct;
import java.util.List;
import java.util.Map;

/** What is summed over batches. */
public enum Term {
  /** ∂L/∂c. */
  SENSITIVITY,
  /** h w² / 2 of optimal brain damage. */
  SALIENCY,
  /** ∂L/∂w, with GraSP's temperature. */
  GRADIENT,
  /** H v, with GraSP's temperature. */
  HESSIAN_PRODUCT;

  /**
   * The sum over the batches of one part.
   *
   * @param part from 0 on
   * @param parts how many there are, of lengths that differ by one at most
   * @param mode of batch norms
   * @param v the vector of a product, by parameter name; empty for others
   */
  public SensitivitySum sum(
      Connections connections,
      List<Batch> batches,
      int part,
      int parts,
      Pass.Mode mode,
      Map<String, Tensor> v) {
    SensitivitySum sum = SensitivitySum.none(connections);
    int from = (int) ((long) batches.size() * part / parts);
    int to = (int) ((long) batches.size() * (part + 1) / parts);
    for (int i = from; i < to; i++) {
      add(sum, connections.on(List.of(batches.get(i))), mode, v);
    }
    return sum;
  }

  /** Adds that of the one batch that the connections have. */
  private void add(
      SensitivitySum sum, Connections connections, Pass.Mode mode, Map<String, Tensor> v) {
    Batch batch = connections.batches().get(0);
    double count = connections.network().objective().count(batch.targets());
    switch (this) {
      case SENSITIVITY -> sum.add(connections, batch, mode);
      case SALIENCY -> sum.add(BrainDamage.saliencies(connections), count);
      case GRADIENT -> sum.add(hessian(connections, mode).gradient(), count);
      case HESSIAN_PRODUCT -> sum.add(hessian(connections, mode).times(v), count);
    }
  }

  private static HessianProduct hessian(Connections connections, Pass.Mode mode) {
    return HessianProduct.of(connections, mode, GradientFlow.TEMPERATURE);
  }
}
