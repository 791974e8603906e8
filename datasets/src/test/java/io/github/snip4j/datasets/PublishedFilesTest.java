package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The files of MNIST and Fashion-MNIST are the published ones. */
class PublishedFilesTest {
  private static final Map<String, String> MNIST_MD5 =
      Map.of(
          "train-images-idx3-ubyte", "6bbc9ace898e44ae57da46a324031adb",
          "train-labels-idx1-ubyte", "a25bea736e30d166cdddb491f175f624",
          "t10k-images-idx3-ubyte", "2646ac647ad5339dbf082846283269ea",
          "t10k-labels-idx1-ubyte", "27ae3e4e09519cfbb04c329615203637");

  @Test
  void theEmbeddedMnistIsTheOriginal() throws IOException, NoSuchAlgorithmException {
    for (String name : MNIST_MD5.keySet()) {
      try (InputStream in = Mnist.open(name + ".gz")) {
        assertThat(md5(in)).as(name).isEqualTo(MNIST_MD5.get(name));
      }
    }
  }

  @Test
  void theMnistBesideTheCheckoutIsTheSame() throws IOException, NoSuchAlgorithmException {
    Path folder = RealFiles.shared("mnist");
    for (String name : MNIST_MD5.keySet()) {
      try (InputStream in = Files.newInputStream(folder.resolve(name + ".gz"))) {
        assertThat(md5(in)).as(name).isEqualTo(MNIST_MD5.get(name));
      }
    }
    assertThat(Mnist.read(folder).training().pixels()).isEqualTo(Mnist.load().training().pixels());
  }

  @Test
  void fashionMnistHasThePublishedCountsPerClass() throws IOException {
    Pictures pictures = FashionMnist.read(RealFiles.fashionMnist());
    assertThat(RealFiles.counts(pictures.training())).containsOnly(6000).hasSize(10);
    assertThat(RealFiles.counts(pictures.test())).containsOnly(1000).hasSize(10);
    assertThat(pictures.training().classNames().get(9)).isEqualTo("Ankle boot");
    assertThat(pictures.training().label(0)).isEqualTo(9); // as everybody's first plot shows
    Normalization normalization = Normalization.of(pictures.training());
    assertThat(normalization.means().get(0)).isCloseTo(0.2860, within(5e-5));
    assertThat(normalization.deviations().get(0)).isCloseTo(0.3530, within(5e-5));
  }

  private static String md5(InputStream packed) throws IOException, NoSuchAlgorithmException {
    byte[] plain = new GZIPInputStream(packed).readAllBytes();
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(plain));
  }
}
