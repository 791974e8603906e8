package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  private static final int RECORD = 3073;
  @TempDir Path folder;

  @Test
  void recordsBecomePicturesWithTheirLabels() throws IOException {
    writeAll(3);
    Pictures pictures = Cifar10.read(folder);
    Dataset training = pictures.training();
    assertThat(training.example()).isEqualTo(Shape.of(3, 32, 32));
    assertThat(training.size()).isEqualTo(15);
    assertThat(pictures.test().size()).isEqualTo(3);
    assertThat(training.classNames()).hasSize(10).startsWith("airplane", "automobile", "bird");
    byte[] second = Files.readAllBytes(folder.resolve("data_batch_2.bin"));
    for (int i = 0; i < 3; i++) {
      assertThat(training.label(3 + i)).isEqualTo(second[i * RECORD]);
      for (int p = 0; p < 3072; p++) {
        assertThat(training.pixel(3 + i, p)).isEqualTo(second[i * RECORD + 1 + p] & 0xff);
      }
    }
  }

  @Test
  void theFolderOfThePublishedArchiveMayStandBetween() throws IOException {
    Path below = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    writeAll(2);
    for (int i = 0; i < 6; i++) {
      Files.move(folder.resolve(name(i)), below.resolve(name(i)));
    }
    assertThat(Cifar10.read(folder).training().size()).isEqualTo(10);
  }

  @Test
  void whatIsWrongIsNamedWithItsPlace() throws IOException {
    assertThat(problem(folder.resolve("none"))).endsWith("none: there is no such folder");
    assertThat(problem(folder)).isEqualTo(folder + ": no file data_batch_1.bin");
    writeAll(1);
    assertThat(problem(folder))
        .isEqualTo(folder + ": holds 5 pictures to train on: expected 10 or more");
    writeAll(2);
    Path file = folder.resolve("data_batch_3.bin");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, 3072}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(problem(folder))
          .isEqualTo(
              file + ": at byte 0: expected a record of 3073 bytes, found the end after " + length);
    }
    Files.write(file, Arrays.copyOf(whole, RECORD + 8));
    assertThat(problem(folder))
        .isEqualTo(file + ": at byte 3073: expected a record of 3073 bytes, found the end after 8");
    whole[RECORD] = 10;
    Files.write(file, whole);
    assertThat(problem(folder))
        .isEqualTo(file + ": at byte 3073: expected a label from 0 to 9, found 10");
  }

  @Test
  void theRealOneHasThePublishedCountsPerClass() throws IOException {
    Cifar10Jpegs.unpack(RealFiles.shared("cifar-10-jpeg.tar.gz"), folder);
    Pictures pictures = Cifar10.read(folder);
    assertThat(RealFiles.counts(pictures.training())).containsOnly(5000).hasSize(10);
    assertThat(RealFiles.counts(pictures.test())).containsOnly(1000).hasSize(10);
    Normalization normalization = Normalization.of(pictures.training());
    double[] means = {0.4914, 0.4822, 0.4465}; // of the lossless ones
    double[] deviations = {0.2470, 0.2435, 0.2616};
    for (int c = 0; c < 3; c++) {
      assertThat(normalization.means().get(c)).isCloseTo(means[c], within(2e-3));
      assertThat(normalization.deviations().get(c)).isCloseTo(deviations[c], within(2e-3));
    }
    Splits splits = pictures.split(new Seed(1));
    assertThat(splits.train().size()).isEqualTo(45_000);
    assertThat(splits.validation().size()).isEqualTo(5_000);
  }

  private void writeAll(int records) throws IOException {
    for (int i = 0; i < 6; i++) {
      byte[] bytes = new byte[records * RECORD];
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = (byte) new Seed(i).below(b, b % RECORD == 0 ? 10 : 256);
      }
      Files.write(folder.resolve(name(i)), bytes);
    }
  }

  private static String name(int i) {
    return i == 5 ? "test_batch.bin" : "data_batch_" + (i + 1) + ".bin";
  }

  private static String problem(Path from) {
    String[] message = new String[1];
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Cifar10.read(from))
        .satisfies(e -> message[0] = e.getMessage());
    return message[0];
  }
}
