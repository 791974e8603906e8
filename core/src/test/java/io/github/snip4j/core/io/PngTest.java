package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.random.Seed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "28, 28", "3, 70", "300, 2"})
  void whatIsWrittenIsReadBackByAnother(int width, int height) throws IOException {
    int[] argb = new int[width * height];
    Arrays.setAll(argb, i -> new Seed(4).below(i, 1 << 30) << 2 | 3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Png.write(out, width, height, argb);
    BufferedImage read =
        ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(out.toByteArray())));
    assertThat(read.getWidth()).isEqualTo(width);
    assertThat(read.getRGB(0, 0, width, height, null, 0, width)).isEqualTo(argb);
  }

  @Test
  void aPictureHasAsManyPixelsAsItSays() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Png.write(new ByteArrayOutputStream(), 2, 3, new int[5]))
        .withMessage("png: 2 x 3 with 5 pixels");
  }
}
