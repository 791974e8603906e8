package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets whose files have the same names are not taken for each other. */
class PublishedIdxTest {
  @TempDir Path folder;

  @Test
  void mnistIsNotReadAsFashionMnist() throws IOException {
    mnist("train-images-idx3-ubyte");
    mnist("train-labels-idx1-ubyte");
    mnist("t10k-images-idx3-ubyte");
    mnist("t10k-labels-idx1-ubyte");
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> FashionMnist.read(folder))
        .withMessage(
            folder.resolve("train-images-idx3-ubyte.gz")
                + ": holds the content of MNIST's train-images-idx3-ubyte, not of Fashion-MNIST's"
                + " train-images-idx3-ubyte");
    assertThat(Mnist.read(folder).sha256()).isEqualTo(Mnist.load().sha256());
  }

  @Test
  void fashionMnistIsNotReadAsMnist() {
    Path fashion = RealFiles.fashionMnist();
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Mnist.read(fashion))
        .withMessageContaining("holds the content of Fashion-MNIST's train-images-idx3-ubyte");
  }

  @Test
  void aSingleFileOfTheOtherIsNoticed() throws IOException {
    byte[] labels = labels("t10k-labels-idx1-ubyte");
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(
            () -> PublishedIdx.check(labels, "f", "Fashion-MNIST", "t10k-labels-idx1-ubyte"))
        .withMessage(
            "f: holds the content of MNIST's t10k-labels-idx1-ubyte, not of Fashion-MNIST's"
                + " t10k-labels-idx1-ubyte");
    PublishedIdx.check(labels, "f", "MNIST", "t10k-labels-idx1-ubyte");
    labels[0] ^= 1; // somebody's own
    PublishedIdx.check(labels, "f", "Fashion-MNIST", "t10k-labels-idx1-ubyte");
  }

  @Test
  void everyPixelLabelAndNameIsInTheDigest() {
    Dataset data = SyntheticPictures.noise(12, 3, 1, 2, 2);
    int[] labels = new int[12];
    int[] others = labels.clone();
    others[11] = 1;
    String digest = data.withLabels(labels).sha256();
    assertThat(data.withLabels(labels.clone()).sha256()).isEqualTo(digest);
    assertThat(data.withLabels(others).sha256()).isNotEqualTo(digest);
    assertThat(data.inverted().withLabels(labels).sha256()).isNotEqualTo(digest);
    Pictures both = new Pictures(data, data.withLabels(labels));
    assertThat(new Pictures(data, data.withLabels(others)).sha256()).isNotEqualTo(both.sha256());
    assertThat(new Pictures(data.withLabels(labels), data).sha256()).isNotEqualTo(both.sha256());
  }

  private static byte[] labels(String name) throws IOException {
    try (InputStream in = Mnist.open(name + ".gz")) {
      return IdxFile.read(in, name, 1).values();
    }
  }

  private void mnist(String name) throws IOException {
    try (InputStream in = Mnist.open(name + ".gz")) {
      Files.copy(in, folder.resolve(name + ".gz"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
