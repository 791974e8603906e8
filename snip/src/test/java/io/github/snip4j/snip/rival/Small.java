package io.github.snip4j.snip.rival;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.SmallNetworks;
import java.util.Arrays;

/** Small problems for rivals. */
final class Small {
  private static final Seed SEED = new Seed(21);

  private Small() {}

  static Tensor normal(Shape shape, String name) {
    Tensor x = Tensor.zeros(shape);
    Seed seed = SEED.child(name);
    for (int i = 0; i < x.size(); i++) {
      x.put(i, (float) seed.normal(i));
    }
    return x;
  }

  /** 200 points of 6 numbers, whose class is the largest of the first three; batches of 20. */
  static BatchSource points() {
    Tensor x = normal(Shape.of(6, 200), "x");
    int[] labels = new int[200];
    for (int n = 0; n < labels.length; n++) {
      for (int k = 1; k < 3; k++) {
        labels[n] = x.at(k * 200 + n) > x.at(labels[n] * 200 + n) ? k : labels[n];
      }
    }
    return Batches.of(x, Targets.labels(labels)).shuffled(20, SEED);
  }

  /** Correlated inputs with numbers to come out, as one batch. */
  static BatchSource regression(int in, int out, int examples) {
    Tensor x = normal(Shape.of(in, examples), "x");
    for (int i = 1; i < in; i++) {
      for (int n = 0; n < examples; n++) {
        x.put(i * examples + n, 0.7f * x.at((i - 1) * examples + n) + x.at(i * examples + n));
      }
    }
    Tensor y = normal(Shape.of(out, examples), "y");
    return Batches.of(x, Targets.values(y)).inOrder(examples);
  }

  /** A trained network for {@link #points}: 6, 16, 3. */
  static Network trained() {
    Network network = SmallNetworks.connected(6, 16, 3);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), network);
    Trainer.fit(network, points(), optimizer, Schedule.constant(0.05), 200, SEED);
    return network;
  }

  /** Sets a parameter's values. */
  static void set(Parameter p, float... values) {
    p.value().copyFrom(Tensor.of(p.shape(), values));
    p.changed();
  }

  static int kept(Network network) {
    return network.parameters().stream().mapToInt(p -> p.value().size()).sum();
  }

  static double loss(Network network, BatchSource source) {
    Batch batch = source.at(0);
    Tensor logits = network.logits(batch.x());
    return network.objective().loss(Variable.constant(logits), batch.targets()).value().item();
  }

  /** All numbers of a network, as text that differs if a bit does. */
  static String bits(Network network) {
    StringBuilder text = new StringBuilder();
    for (Parameter p : network.parameters()) {
      text.append(p).append(Arrays.toString(p.structure().positions()));
      text.append(Arrays.toString(p.value().toArray()));
    }
    return text.toString();
  }
}
