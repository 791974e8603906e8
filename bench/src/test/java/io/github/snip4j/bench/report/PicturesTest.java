package io.github.snip4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.train.Evaluation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Pictures show what the numbers are. */
class PicturesTest {
  private static final Pattern PNG = Pattern.compile("data:image/png;base64,([^\"]+)\"");

  @Test
  void aPictureInAPageIsThePngOfItsPixels() throws IOException {
    Picture picture = new Picture(2, 1);
    picture.set(1, 0, 0xff123456);
    Matcher png = PNG.matcher(picture.html("an \"alternative\"").markup());
    assertThat(png.find()).isTrue();
    BufferedImage read =
        ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png.group(1))));
    assertThat(read.getWidth()).isEqualTo(2);
    assertThat(read.getRGB(1, 0)).isEqualTo(0xff123456);
    assertThat(read.getRGB(0, 0) >>> 24).as("transparent").isZero();
    assertThat(picture.html("an \"alternative\"").markup())
        .contains("alt=\"an &quot;alternative&quot;\"", "width=\"2\" height=\"1\"");
  }

  @Test
  void aPaletteGoesThroughItsColours() {
    assertThat(Palette.AMOUNT.at(0)).isEqualTo(0xff440154);
    assertThat(Palette.AMOUNT.at(1)).isEqualTo(0xfffde725);
    assertThat(Palette.AMOUNT.at(7)).isEqualTo(0xfffde725);
    assertThat(Palette.SIGN.at(0.5)).isEqualTo(0xffffffff);
  }

  @Test
  void whatIsPrunedOfAFilterIsLeftBlank() {
    Tensor weights = Tensor.of(Shape.of(1, 2, 1, 2), 1f, -1f, 0.5f, 9f);
    Mask mask = new Mask(weights.shape(), new boolean[] {true, true, true, false});
    Filters filters = new Filters("", weights, mask);
    Picture picture = filters.picture(0, 1f);
    assertThat(picture.width()).isEqualTo(5); // a gap between the channels
    assertThat(picture.get(0, 0)).isEqualTo(Palette.SIGN.at(1));
    assertThat(picture.get(1, 0)).isEqualTo(Palette.SIGN.at(0));
    assertThat(picture.get(2, 0)).isEqualTo(Picture.TRANSPARENT);
    assertThat(picture.get(3, 0)).isEqualTo(Palette.SIGN.at(0.75));
    assertThat(picture.get(4, 0)).isEqualTo(Picture.TRANSPARENT);
    assertThat(filters.html().markup())
        .contains("filter 1: 3 of 4 weights kept", ">-1<i", "</i>1<");
  }

  @Test
  void mistakesAreThoseOfTheEvaluationTheSurestFirst() throws IOException {
    Splits mnist = Mnist.load().split(new Seed(1));
    Network network = LeNet300100.create(new Seed(1));
    List<Mistake> all = Mistake.of(network, mnist.test());
    assertThat(all)
        .hasSize(Evaluation.of(network, mnist.test().inOrder(1000)).wrong())
        .allSatisfy(
            mistake -> {
              assertThat(mistake.label()).isEqualTo(mnist.test().data().label(mistake.index()));
              assertThat(mistake.taken()).isNotEqualTo(mistake.label());
              assertThat(mistake.sure()).isBetween(0.1, 1.0);
            })
        .isSortedAccordingTo((a, b) -> Double.compare(b.sure(), a.sure()));

    Mistakes shown = Mistakes.of(network, mnist.test());
    assertThat(shown.seen()).hasSize(24);
    Mistakes.Seen nearly = new Mistakes.Seen(shown.seen().get(0).picture(), "3", "5", 0.99987);
    assertThat(new Mistakes("", List.of(nearly)).html().markup())
        .contains("3, taken for <b>5</b>", "99.9&nbsp;%")
        .doesNotContain("100");
    int first = all.get(0).index();
    Picture picture = Objects.requireNonNull(shown.seen().get(0).picture());
    for (int p = 0; p < 784; p++) {
      int pixel = mnist.test().data().pixel(first, p);
      assertThat(picture.get(p % 28, p / 28))
          .isEqualTo(0xff000000 | pixel << 16 | pixel << 8 | pixel);
    }
  }
}
