package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkFlopsTest {
  private static NetworkFlops dense(String workload) {
    return NetworkFlops.of(Workload.of(workload).network("dense"));
  }

  @Test
  void aFullyConnectedNetworkUsesEachWeightOnceInEachDirection() {
    NetworkFlops arithmetic = dense("lenet-300-100-98-100");
    assertThat(arithmetic.inference()).isEqualTo(2 * 266_200);
    assertThat(arithmetic.training()).isEqualTo(2 * (2 * 784 * 300 + 3 * 300 * 100 + 3 * 100 * 10));
  }

  @Test
  void aConvolutionUsesItsWeightsAtEachPlace() {
    assertThat(dense("lenet-5-caffe-99-100").inference())
        .isEqualTo(2 * (500 * 24 * 24 + 25_000 * 8 * 8 + 800 * 500 + 500 * 10));
  }

  @Test
  void aCellUsesItsWeightsAtEachStep() {
    assertThat(dense("lstm-s-95-100").inference())
        .isEqualTo(2 * (28 * (28 * 128 + 4 * 128 * 256) + 128 * 10));
    assertThat(dense("gru-s-95-100").inference())
        .isEqualTo(2 * (28 * (28 * 128 + 3 * 128 * 256) + 128 * 10));
  }

  @Test
  void whatIsInsideAResidualBlockIsCountedOnce() {
    int firstGroup = 16 * 128 * 9 + 128 * 128 * 9 + 16 * 128 + 2 * 128 * 128 * 9;
    int secondGroup = 128 * 256 * 9 + 256 * 256 * 9 + 128 * 256 + 2 * 256 * 256 * 9;
    int thirdGroup = 256 * 512 * 9 + 512 * 512 * 9 + 256 * 512 + 2 * 512 * 512 * 9;
    assertThat(dense("wrn-16-8-95-1").inference())
        .isEqualTo(
            2L * 1024 * (3 * 16 * 9 + firstGroup)
                + 2L * 256 * secondGroup
                + 2L * 64 * thirdGroup
                + 2 * 512 * 10);
  }

  @Test
  void prunedWeightsAreNotCounted() {
    for (String variant : List.of("masked", "sparse")) {
      Network network = Workload.of("lenet-300-100-98-100").network(variant);
      int kept =
          network.parameters().stream()
              .filter(parameter -> parameter.role() == Parameter.Role.WEIGHT)
              .mapToInt(parameter -> parameter.value().size())
              .sum();
      assertThat(kept).isBetween(5_000, 5_332);
      assertThat(NetworkFlops.of(network).inference()).as(variant).isEqualTo(2L * kept);
    }
  }

  @Test
  void aDecoderUsesItsMatricesAtEachPlace() {
    long block = 384 * (3 * 384 + 384 + 4 * 384 + 4 * 384);
    NetworkFlops arithmetic = dense("decoder-90-16");
    assertThat(arithmetic.inference()).isEqualTo(2 * 128 * (6 * block + 384 * 65));
    assertThat(arithmetic.training()).isEqualTo(3 * arithmetic.inference());
  }
}
