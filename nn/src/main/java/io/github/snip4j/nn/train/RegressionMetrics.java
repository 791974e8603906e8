package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;

/**
 * How near a network's outputs come to the numbers they should be.
 *
 * @param rmse √(mean of (y - t)²) over all outputs and examples, in the unit of the targets
 * @param mae mean of |y - t|
 * @param r2 the coefficient of determination, 1 - Σ (y - t)² / Σ (t - mean of t)²: 1 at best, 0 for
 *     a network that always answers the mean, below for a worse one; NaN if all targets are equal.
 *     Of several outputs each has its own mean, and the sums are over all
 */
public record RegressionMetrics(double rmse, double mae, double r2) {
  /**
   * Over one epoch of a source, in evaluation mode.
   *
   * @throws IllegalArgumentException if the examples do not fit the network, or have labels instead
   *     of numbers
   */
  public static RegressionMetrics of(Network network, BatchSource source) {
    Sums sums = new Sums(network.outputs());
    Workspace workspace = new Workspace();
    for (int i = 0; i < source.batchesPerEpoch(); i++) {
      Batch batch = source.at(i);
      workspace.run(
          () -> {
            sums.add(network.logits(batch.x()), batch.targets().values());
            return batch.size();
          });
    }
    return sums.metrics();
  }

  private static final class Sums {
    private final double[] targets;
    private final double[] squaredTargets;
    private double squares;
    private double magnitudes;
    private long examples;

    Sums(int outputs) {
      targets = new double[outputs];
      squaredTargets = new double[outputs];
    }

    void add(Tensor y, Tensor t) {
      if (!y.shape().equals(t.shape())) {
        throw new IllegalArgumentException(
            "metrics: outputs " + y.shape() + " and targets " + t.shape());
      }
      int n = y.shape().dim(-1);
      examples += n;
      for (int i = 0; i < y.size(); i++) {
        double distance = (double) y.at(i) - t.at(i);
        squares += distance * distance;
        magnitudes += Math.abs(distance);
        targets[i / n] += t.at(i);
        squaredTargets[i / n] += (double) t.at(i) * t.at(i);
      }
    }

    RegressionMetrics metrics() {
      double spread = 0;
      for (int k = 0; k < targets.length; k++) {
        spread += squaredTargets[k] - targets[k] * targets[k] / examples;
      }
      double all = (double) examples * targets.length;
      double r2 = spread > 0 ? 1 - squares / spread : Double.NaN;
      return new RegressionMetrics(Math.sqrt(squares / all), magnitudes / all, r2);
    }
  }
}
