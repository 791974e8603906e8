package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Sparsifier;
import io.github.snip4j.snip.diagnosis.CollapsedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DNS: a trained network is trained on, and weights are taken off and put on again as they become
 * small and large [Guo, Yao, Chen, <i>Dynamic network surgery for efficient DNNs</i>, NIPS 2016,
 * equations 1 to 4].
 *
 * <p>The network computes with W ⊙ T. All weights are updated, those too that are off: W ← W - β
 * ∂L/∂(W ⊙ T). T of a layer is revised at step t with the probability (1 + γ t)^-power, and never
 * from its last step on: a weight or bias goes off where |w| ≤ a, on where |w| > b, and stays what
 * it is between. a = 0.9 max(μ + c σ, 0) and b = 1.1 max(μ + c σ, 0), with μ and σ the mean and the
 * standard deviation of |w| over the weights and biases of the layer at the beginning.
 *
 * <p>What differs from the authors' code: once no layer can be revised any more, the weights that
 * are off are let go, and the others are trained on sparsely, with the momentum they have. That
 * gives the same network, as what is off for ever has no influence. How many connections are left
 * is not said but results, from c of the layers.
 *
 * @param layers by layer name; the others take {@link Surgery#LINEAR} or {@link
 *     Surgery#CONVOLUTION}
 * @param training surgery and what follows it; the surgery ends with the training, if not before
 */
public record DynamicNetworkSurgery(Map<String, Surgery> layers, TrainingPlan training)
    implements Rival {
  /** Copies the layers. */
  public DynamicNetworkSurgery {
    layers = Map.copyOf(layers);
    if (training.epochs() == 0) {
      throw new IllegalArgumentException(
          "DNS: 0 epochs: expected 1 or more, as it prunes while it trains");
    }
  }

  /** Forty epochs at the learning rate 0.01. */
  public DynamicNetworkSurgery(Map<String, Surgery> layers) {
    this(layers, new TrainingPlan(40, 0.01, 0.9, 1e-4));
  }

  @Override
  public String name() {
    return "DNS";
  }

  @Override
  public boolean startsTrained() {
    return true;
  }

  @Override
  public Network prune(Network network, BatchSource train, long seed, RivalListener listener) {
    Network dense = DenseCopy.of("DNS", network);
    Map<String, List<Parameter>> found = PrunableLayers.of("DNS", dense);
    for (String layer : layers.keySet()) {
      if (!found.containsKey(layer)) {
        throw new IllegalArgumentException(
            "DNS: surgery of " + layer + ": expected layers among " + found.keySet());
      }
    }
    long steps = training.steps(train);
    long stop = 0;
    Map<String, SplicedLayer> spliced = new LinkedHashMap<>();
    for (Map.Entry<String, List<Parameter>> layer : found.entrySet()) {
      Surgery surgery = surgery(layer.getKey(), layer.getValue());
      spliced.put(layer.getKey(), new SplicedLayer(layer.getValue(), surgery));
      stop = Math.min(steps, Math.max(stop, surgery.stop()));
    }
    Seed own = new Seed(seed);
    Schedule schedule = training.schedule(steps);
    Optimizer optimizer = new Optimizer(training.rule(), dense);
    SplicingSteps surgery = new SplicingSteps(dense, spliced, optimizer, own);
    for (long t = 0; t < stop; t++) {
      listener.afterStep(t + 1, steps, surgery.take(train.at(t), t, schedule.at(t)));
    }
    Network sparse = Sparsifier.compile(dense, masks(spliced));
    Trainer.fit(
        sparse,
        train,
        optimizer.restructured(sparse),
        schedule,
        stop,
        steps,
        own.child("train"),
        step -> listener.afterStep(step.number(), steps, step.loss()));
    return sparse;
  }

  private Surgery surgery(String layer, List<Parameter> parameters) {
    boolean convolution = parameters.get(0).shape().rank() > 2;
    return layers.getOrDefault(layer, convolution ? Surgery.CONVOLUTION : Surgery.LINEAR);
  }

  private static Masks masks(Map<String, SplicedLayer> spliced) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    spliced.forEach(
        (name, layer) -> {
          if (layer.count() == 0) {
            throw new CollapsedException(
                ("DNS: nothing of " + name + " is left, as |w| is nowhere above " + layer.on())
                    + ": expected a smaller c for this layer");
          }
          masks.putAll(layer.masks());
        });
    return Masks.of(masks);
  }
}
