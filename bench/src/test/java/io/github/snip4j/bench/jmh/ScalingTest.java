package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScalingTest {
  @Test
  void moreThreadsGiveNoMoreThanTheirNumberAndThanThePiecesAllow() {
    Scaling scaling = Scaling.of("lenet-300-100-98-100", "sparse", 0.02);
    assertThat(scaling.one()).isPositive();
    assertThat(scaling.two()).isPositive();
    assertThat(scaling.pieces().alone()).isBetween(0.0, 1.0);
    assertThat(scaling.speedup(1)).isBetween(0.99, 1.01);
    assertThat(scaling.speedup(2)).isLessThanOrEqualTo(2);
    assertThat(scaling.speedup(1_000)).isLessThanOrEqualTo(1 / scaling.pieces().alone());
  }
}
