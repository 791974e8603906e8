package io.github.snip4j.snip.rival;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.SmallNetworks;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem that few weights can solve: of 16 numbers, the signs of two say which of four classes
 * an example is of, and the others are noise.
 */
final class Examples {
  static final int COUNT = 256;

  private Examples() {}

  static BatchSource batches() {
    Seed seed = new Seed(8);
    float[][] x = new float[COUNT][16];
    int[] labels = new int[COUNT];
    for (int n = 0; n < COUNT; n++) {
      for (int k = 0; k < 16; k++) {
        x[n][k] = (float) seed.normal(16L * n + k);
      }
      labels[n] = (x[n][0] > 0 ? 2 : 0) + (x[n][1] > 0 ? 1 : 0);
      x[n][0] += Math.signum(x[n][0]); // so that the classes are apart
      x[n][1] += Math.signum(x[n][1]);
    }
    return Batches.of(x, labels).shuffled(32, seed.child("order"));
  }

  static Network untrained() {
    return SmallNetworks.connected(16, 12, 4);
  }

  static Network trained() {
    Network network = untrained();
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), network);
    Trainer.fit(network, batches(), optimizer, Schedule.constant(0.05), 200, new Seed(2));
    return network;
  }

  static Scores magnitudes(Network network) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    network.parameters().forEach(p -> values.put(p.name(), p.value()));
    return Scores.of(values);
  }

  static void assertSame(Network a, Network b) {
    for (Parameter p : a.parameters()) {
      Parameter q = b.parameter(p.name());
      assertThat(q.structure().hasSameElements(p.structure())).isTrue();
      assertThat(q.value().toArray()).as(p.name()).containsExactly(p.value().toArray());
    }
  }
}
