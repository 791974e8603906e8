package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import org.junit.jupiter.api.Test;

class CsrNetworkTest {
  @Test
  void theLoopByHandComputesThePrunedNetwork() {
    Workload workload = Workload.of("lenet-300-100-98-1");
    Network network = workload.network("sparse");
    for (int i = 0; i < 5; i++) { // so that its biases are not 0
      new Steps(network, workload.examples(network), 1e-1).next();
    }
    Tensor x = workload.examples(network).x();
    float[] expected = network.logits(x).toArray();
    CsrNetwork byHand = CsrNetwork.of(network);
    float[] logits = byHand.predict(x.toArray(), byHand.arrays());
    assertThat(logits).hasSize(10).containsExactly(expected, within(1e-5f));
    int weights =
        byHand.layers().stream().mapToInt(layer -> layer.starts()[layer.bias().length]).sum();
    assertThat(weights).as("weights in its loops").isBetween(5_000, 5_332);
  }
}
