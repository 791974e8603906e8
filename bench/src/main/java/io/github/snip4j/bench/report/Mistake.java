package io.github.snip4j.bench.report;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.datasets.ReusableBatches;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.objective.CrossEntropy;
import io.github.snip4j.nn.train.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An example that a network gets wrong.
 *
 * @param index among the examples
 * @param label what it is
 * @param taken what the network takes it for
 * @param sure the network's probability of that
 */
public record Mistake(int index, int label, int taken, double sure) {
  private static final int BATCH = 1000;

  /**
   * All mistakes on some examples, those first of which the network is surest; the network is not
   * modified.
   */
  public static List<Mistake> of(Network network, Examples examples) {
    ReusableBatches batches =
        examples.inOrder(Math.min(Evaluation.batchSize(network, BATCH), examples.size()));
    Workspace workspace = new Workspace();
    List<Mistake> mistakes = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < batches.batchesPerEpoch(); i++) {
      Batch batch = batches.at(i);
      int index = first;
      mistakes.addAll(workspace.run(() -> of(network, batch, index)));
      first += batch.size();
    }
    mistakes.sort(
        Comparator.comparingDouble(Mistake::sure).reversed().thenComparingInt(Mistake::index));
    return mistakes;
  }

  private static List<Mistake> of(Network network, Batch batch, int first) {
    Tensor logits = network.forward(Variable.constant(batch.x()), Pass.evaluation()).value();
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      int taken = CrossEntropy.largest(logits, i);
      if (taken >= 0 && taken != batch.labels()[i]) {
        mistakes.add(new Mistake(first + i, batch.labels()[i], taken, softmax(logits, taken, i)));
      }
    }
    return mistakes;
  }

  /** The softmax of one logit. */
  private static double softmax(Tensor logits, int of, int example) {
    double sum = 0;
    for (int k = 0; k < logits.shape().dim(0); k++) {
      sum += Math.exp((double) logits.get(k, example) - logits.get(of, example));
    }
    return 1 / sum;
  }
}
