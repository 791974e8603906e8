package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What arrives from another machine as a sum of gradients. */
class GradientSumTest {
  @Test
  void bytesFromElsewhereAreNotTrusted() {
    GradientSum sum = new GradientSum();
    ByteBuffer nothing = ByteBuffer.allocate(3);
    assertThatIllegalArgumentException().isThrownBy(() -> sum.read(nothing, 5));
    ByteBuffer long1 = header(1, 1, 9);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sum.read(long1, 5))
        .withMessage("gradients: 9 values in 20 bytes: expected 5 at most");
    ByteBuffer other = header(1, 1, 4);
    assertThatIllegalArgumentException().isThrownBy(() -> sum.read(other, 5));
    for (double count : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 0}) {
      ByteBuffer counted = header(count, 1, 5);
      assertThatIllegalArgumentException().isThrownBy(() -> sum.read(counted, 5));
    }
    sum.read(header(1, 1, 5), 5);
    assertThat(sum.toArray()).hasSize(5);
  }

  private static ByteBuffer header(double count, int examples, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(24 + 20);
    return bytes.putDouble(count).putDouble(0.5).putInt(examples).putInt(size).rewind();
  }
}
