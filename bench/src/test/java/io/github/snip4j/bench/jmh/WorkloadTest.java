package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  @Test
  void itsTextNamesNetworkSparsityAndBatch() {
    assertThat(Workload.of("wrn-16-8-95-32")).isEqualTo(new Workload("wrn-16-8", 95, 32));
    assertThat(Workload.of("lenet-300-100-99.5-1"))
        .isEqualTo(new Workload("lenet-300-100", 99.5, 1));
  }

  @Test
  void whatIsNoWorkloadIsRefused() {
    assertThatThrownBy(() -> Workload.of("vgg-like"))
        .hasMessage("workload vgg-like: expected network-sparsity-batch, as in vgg-like-97-32");
    assertThatThrownBy(() -> Workload.of("le-net-98-100").network("dense"))
        .hasMessage("workload: le-net: expected a model's name, as in lenet-300-100");
    assertThatThrownBy(() -> Workload.of("lenet-300-100-98-100").network("mask"))
        .hasMessage("variant mask: expected dense, masked or sparse");
  }

  @Test
  void thePrunedNetworkHasThePapersKappaAndLearns() {
    Workload workload = Workload.of("lenet-300-100-98-100");
    for (String variant : List.of("masked", "sparse")) {
      Network network = workload.network(variant);
      assertThat(network.masks().values().stream().mapToInt(Mask::kept).sum()).isEqualTo(5_332);
      Steps steps = new Steps(network, workload.examples(network), 1e-2);
      float first = steps.next();
      float loss = first;
      for (int i = 0; i < 20; i++) {
        loss = steps.next();
      }
      assertThat(loss).as(variant).isLessThan(first);
    }
  }
}
