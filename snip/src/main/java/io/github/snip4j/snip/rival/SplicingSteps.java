package io.github.snip4j.snip.rival;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.train.DivergedException;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * The steps of a training that computes with W ⊙ T and updates all of W by ∂L/∂(W ⊙ T).
 *
 * <p>The leaves of a pass are the products themselves, so that their gradients are there at every
 * position; the optimiser applies them to W.
 */
final class SplicingSteps {
  private final Network network;
  private final Map<String, SplicedLayer> layers;
  private final Optimizer optimizer;
  private final Seed seed;
  private final Workspace workspace = new Workspace();

  SplicingSteps(Network network, Map<String, SplicedLayer> layers, Optimizer optimizer, Seed seed) {
    this.network = network;
    this.layers = layers;
    this.optimizer = optimizer;
    this.seed = seed;
  }

  /**
   * Takes a step: revises T, then updates W.
   *
   * @param t from 0 on
   * @return the loss
   */
  double take(Batch batch, long t, double rate) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("DNS: interrupted after step " + t);
    }
    layers.values().forEach(layer -> layer.maybeRevise(t, seed.child("revise")));
    return workspace.run(() -> update(batch, t, rate));
  }

  private double update(Batch batch, long t, double rate) {
    Seed own = seed.child("train").child(t);
    Pass pass = Pass.leaves(Pass.Mode.TRAIN, own, this::masked);
    Variable loss = network.loss(batch, pass);
    float value = loss.value().item();
    if (!Float.isFinite(value)) {
      throw new DivergedException(t + 1, value, rate, "");
    }
    optimizer.step(pass, loss.backward(), rate);
    return value;
  }

  /** w ⊙ T; w where the layer is not one that is pruned, as a batch norm. */
  private Tensor masked(Parameter p) {
    SplicedLayer layer = layers.get(p.layer());
    return layer == null ? p.value() : Broadcast.multiply(p.value(), layer.of(p));
  }
}
