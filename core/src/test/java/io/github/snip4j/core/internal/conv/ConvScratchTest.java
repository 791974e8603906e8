package io.github.snip4j.core.internal.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ConvScratchTest {
  @Test
  void whatNoArrayCanHoldIsRefused() {
    assertThat(ConvScratch.size("it", 46_340, 46_341)).isEqualTo(2_147_441_940);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvScratch.floats("it", 1 << 16, 1 << 16))
        .withMessage(
            "conv2d: it would take [65536, 65536] floats, more than 2^31-1: use smaller batches");
  }
}
