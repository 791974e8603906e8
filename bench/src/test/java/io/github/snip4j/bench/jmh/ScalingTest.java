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
    double one = scaling.speedup(1);
    assertThat(one).isPositive();
    assertThat(scaling.speedup(2)).isPositive().isLessThanOrEqualTo(2 * one);
    assertThat(scaling.speedup(1_000)).isLessThanOrEqualTo(one / scaling.pieces().alone());
  }
}
