package io.github.snip4j.bench.jmh;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Sgd;

/** A workload's network in training, on one batch that was made before. */
final class Steps {
  static final double MOMENTUM = 0.9;
  static final double WEIGHT_DECAY = 5e-4;

  private final Seed seed = new Seed(1);
  private final Workspace workspace = new Workspace();
  private final Network network;
  private final Batch batch;
  private final double rate;
  private final Optimizer optimizer;

  /** A training at a constant rate. */
  Steps(Network network, Batch batch, double rate) {
    this.network = network;
    this.batch = batch;
    this.rate = rate;
    this.optimizer = new Optimizer(new Sgd(MOMENTUM, false, WEIGHT_DECAY), network);
  }

  /** What {@link io.github.snip4j.nn.train.Trainer} does in each step; the loss before it. */
  float next() {
    return workspace.run(this::step);
  }

  private float step() {
    Pass pass = Pass.training(seed.child(optimizer.steps()));
    Variable loss = network.loss(batch, pass);
    float value = loss.value().item();
    optimizer.step(pass, loss.backward(), rate);
    return value;
  }
}
