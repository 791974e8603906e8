package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snip4j.nn.Network;
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
    assertThatThrownBy(() -> Workload.of("le-net-98-100").create())
        .hasMessage("workload: le-net: expected a model's name, as in lenet-300-100");
    assertThatThrownBy(() -> Prepared.of(Workload.of("lenet-300-100-98-100"), "mask"))
        .hasMessage("variant mask: expected dense or masked");
  }

  @Test
  void theMaskedNetworkHasThePapersKappaAndLearnsNothingElse() {
    Workload workload = Workload.of("lenet-300-100-98-100");
    Prepared prepared = Prepared.of(workload, "masked");
    Network network = prepared.network();
    Steps steps = new Steps(prepared, workload.examples(network));
    float first = steps.next();
    float loss = first;
    for (int i = 0; i < 20; i++) {
      loss = steps.next();
    }
    assertThat(loss).isLessThan(first);
    assertThat(prepared.masks().values().stream().mapToInt(mask -> mask.kept()).sum())
        .isEqualTo(5_332);
    prepared
        .masks()
        .forEach(
            (name, mask) -> {
              float[] w = network.parameter(name).value().data();
              for (int i = 0; i < w.length; i++) {
                assertThat(mask.keeps(i) || w[i] == 0f).as("%s at %d", name, i).isTrue();
              }
            });
  }
}
