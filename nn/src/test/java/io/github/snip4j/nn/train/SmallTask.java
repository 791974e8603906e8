package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Dropout;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;

/** 48 examples of three classes, and a network of two layers for them. */
final class SmallTask {
  static final Seed SEED = new Seed(6);
  static final Batches DATA = data();

  private static Batches data() {
    float[][] x = new float[48][4];
    int[] y = new int[48];
    for (int n = 0; n < 48; n++) {
      for (int k = 0; k < 4; k++) {
        x[n][k] = (float) SEED.normal(4L * n + k);
      }
      y[n] = x[n][0] + x[n][1] > 0 ? 1 : x[n][2] > 0 ? 2 : 0;
    }
    return Batches.of(x, y);
  }

  static Network network(double dropout) {
    VarianceScaling init = VarianceScaling.glorot();
    return new Network(
        "small",
        Shape.of(4),
        3,
        new Sequential(
            new Linear("fc1", 4, 8, init, SEED),
            new Tanh(),
            new Dropout("drop", dropout),
            new Linear("fc2", 8, 3, init, SEED)));
  }

  static Network trained(Network network, TrainingOptions how, int batch, long steps) {
    return trained(network, how, DATA.inOrder(batch), 0, steps);
  }

  static Network trained(
      Network network, TrainingOptions how, BatchSource batches, long from, long to) {
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 1e-3), network);
    Trainer.fit(network, batches, optimizer, Schedule.constant(0.1), how, from, to, SEED);
    return network;
  }

  private SmallTask() {}
}
