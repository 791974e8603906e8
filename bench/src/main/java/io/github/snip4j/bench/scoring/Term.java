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
  SENSITIVITY {
    @Override
    void add(
        SensitivitySum sum,
        Connections connections,
        Batch batch,
        Pass.Mode mode,
        Map<String, Tensor> v) {
      sum.add(connections, batch, mode);
    }
  },
  /** h w² / 2 of optimal brain damage. */
  SALIENCY {
    @Override
    void add(
        SensitivitySum sum,
        Connections connections,
        Batch batch,
        Pass.Mode mode,
        Map<String, Tensor> v) {
      sum.add(BrainDamage.saliencies(connections.on(List.of(batch))), count(connections, batch));
    }
  },
  /** ∂L/∂w, with GraSP's temperature. */
  GRADIENT {
    @Override
    void add(
        SensitivitySum sum,
        Connections connections,
        Batch batch,
        Pass.Mode mode,
        Map<String, Tensor> v) {
      sum.add(hessian(connections, batch, mode).gradient(), count(connections, batch));
    }
  },
  /** H v, with GraSP's temperature. */
  HESSIAN_PRODUCT {
    @Override
    void add(
        SensitivitySum sum,
        Connections connections,
        Batch batch,
        Pass.Mode mode,
        Map<String, Tensor> v) {
      sum.add(hessian(connections, batch, mode).times(v), count(connections, batch));
    }
  };

  /**
   * Adds that of one batch.
   *
   * @param mode of batch norms
   * @param v the vector of a product, by parameter name; empty for others
   */
  abstract void add(
      SensitivitySum sum,
      Connections connections,
      Batch batch,
      Pass.Mode mode,
      Map<String, Tensor> v);

  /**
   * The sum over the batches of one part.
   *
   * @param part from 0 on
   * @param parts how many there are, of lengths that differ by one at most
   */
  public final SensitivitySum sum(
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
      add(sum, connections, batches.get(i), mode, v);
    }
    return sum;
  }

  private static HessianProduct hessian(Connections connections, Batch batch, Pass.Mode mode) {
    return HessianProduct.of(connections.on(List.of(batch)), mode, GradientFlow.TEMPERATURE);
  }

  private static double count(Connections connections, Batch batch) {
    return connections.network().objective().count(batch.targets());
  }
}
