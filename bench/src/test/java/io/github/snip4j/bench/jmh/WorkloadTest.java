package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

  @Test
  void aNetworkFromAnOnnxFileIsTheSameWork() {
    Workload workload = Workload.of("resnet-18-onnx-95-2");
    Network written = Workload.of("resnet-18-95-2").network("dense");
    Network read = workload.network("dense");
    assertThat(read.state().keySet()).containsExactlyInAnyOrderElementsOf(written.state().keySet());
    assertThat(workload.flops(read, "dense")).isEqualTo(NetworkFlops.of(written));
    Network sparse = workload.network("sparse");
    assertThat(kept(sparse)).isEqualTo(558_218); // 5 % of 11,164,362
    Steps steps = new Steps(sparse, workload.examples(sparse), 1e-2);
    float first = steps.next();
    assertThat(steps.next()).isLessThan(first);
  }

  @Test
  void theDecodersBlocksArePruned() {
    Workload workload = Workload.of("decoder-90-1");
    Network network = workload.network("sparse");
    assertThat(network.masks()).hasSize(4 * TextDecoder.BLOCKS);
    assertThat(kept(network)).isEqualTo(6 * 12 * 384 * 384 / 10);
    Steps steps = new Steps(network, workload.examples(network), 1e-1);
    assertThat(steps.next()).isCloseTo((float) Math.log(65), within(0.2f));
    assertThat(steps.next()).isLessThan((float) Math.log(65));
  }

  private static int kept(Network network) {
    return network.masks().values().stream().mapToInt(Mask::kept).sum();
  }
}
