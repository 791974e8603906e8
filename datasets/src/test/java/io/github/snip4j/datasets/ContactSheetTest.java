package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
  @Test
  void eachClassHasARowAndEachPixelItsColour() throws IOException {
    Dataset data = SyntheticPictures.noise(130, 10, 3, 9, 11);
    Examples train = Splits.of(data, data, new Seed(1)).train();
    Batch batch = train.sample(30, Sampling.balanced(), new Seed(1));
    BufferedImage image = sheet(batch, train.normalization());
    assertThat(image.getWidth()).isEqualTo(2 + 3 * (22 + 2)); // three of a class, twice as large
    assertThat(image.getHeight()).isEqualTo(2 + 10 * (18 + 2));
    assertThat(image.getRGB(1, 1) & 0xffffff).isEqualTo(0xffffff);
    int first = 0;
    while (batch.labels()[first] != 4) {
      first++;
    }
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      int pixel = train.normalization().pixel(batch.x().get(c, 5, 7, first), c);
      rgb = rgb << 8 | pixel;
    }
    assertThat(image.getRGB(2 + 14, 2 + 4 * 20 + 10) & 0xffffff).isEqualTo(rgb);
    assertThat(image.getRGB(2 + 15, 2 + 4 * 20 + 11) & 0xffffff).isEqualTo(rgb);
  }

  @Test
  void manyClassesShareRowsAndGreyIsGrey() throws IOException {
    int[] labels = new int[100];
    for (int i = 0; i < 100; i++) {
      labels[i] = i;
    }
    Batch batch = new Batch(Tensor.full(Shape.of(1, 64, 64, 100), 0), labels);
    BufferedImage image = sheet(batch, new Normalization(List.of(0.4), List.of(0.5)));
    assertThat(image.getWidth()).isEqualTo(2 + 10 * 66);
    assertThat(image.getHeight()).isEqualTo(2 + 10 * 66);
    assertThat(image.getRGB(30, 30) & 0xffffff).isEqualTo(0x666666);
  }

  @Test
  void twoChannelsAreNoPicture() {
    Batch batch = new Batch(Tensor.zeros(Shape.of(2, 4, 4, 1)), new int[1]);
    Normalization normalization = new Normalization(List.of(0.0, 0.0), List.of(1.0, 1.0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ContactSheet(batch, normalization))
        .withMessage("contact sheet: [2, 4, 4, 1]: expected [1 or 3, H, W, N]");
  }

  private static BufferedImage sheet(Batch batch, Normalization normalization) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ContactSheet(batch, normalization).writePng(out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }
}
