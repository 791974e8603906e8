package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small tree like the published one: three classes, some of the pictures grey. */
class TinyImageNetTest {
  private static final String[] WNIDS = {"n02", "n01", "n03"};
  @TempDir Path folder;
  private Path root = Path.of("");

  @BeforeEach
  void tree() throws IOException {
    root = Files.createDirectories(folder.resolve("tiny-imagenet-200"));
    Files.writeString(root.resolve("wnids.txt"), String.join("\n", WNIDS) + "\n");
    Files.writeString(
        root.resolve("words.txt"), "n01\tgoldfish, Carassius\nn02\tbell\nn03\tox\nn04\tgrub\n");
    for (int k = 0; k < 3; k++) {
      Path images = Files.createDirectories(root.resolve("train/" + WNIDS[k] + "/images"));
      for (int i = 0; i < 4; i++) {
        byte[] jpeg = i == 1 ? grey(60 * k + 40) : colour(60 * k + 10 * i);
        Files.write(images.resolve(WNIDS[k] + "_" + i + ".JPEG"), jpeg);
      }
    }
    Path val = Files.createDirectories(root.resolve("val/images"));
    Files.write(val.resolve("val_0.JPEG"), colour(5));
    Files.write(val.resolve("val_1.JPEG"), grey(200));
    Files.writeString(
        root.resolve("val/val_annotations.txt"),
        "val_1.JPEG\tn03\t0\t0\t62\t62\nval_0.JPEG\tn02\t1\t1\t60\t60\n");
  }

  @Test
  void readsColourAndGreyInAFixedOrder() throws IOException {
    Pictures pictures = TinyImageNet.read(folder);
    Dataset training = pictures.training();
    assertThat(training.example()).isEqualTo(Shape.of(3, 64, 64));
    assertThat(training.classNames()).containsExactly("bell", "goldfish", "ox");
    assertThat(RealFiles.counts(training)).containsExactly(4, 4, 4);
    int plane = 64 * 64;
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < 4; i++) {
        assertThat(training.label(4 * k + i)).isEqualTo(k);
        int expected = i == 1 ? 60 * k + 40 : 60 * k + 10 * i;
        assertThat(training.pixel(4 * k + i, 100)).isBetween(expected - 4, expected + 4);
        int blue = training.pixel(4 * k + i, 2 * plane + 100); // as red if grey, else 255 less red
        assertThat(i == 1 ? blue : 255 - blue).isBetween(expected - 4, expected + 4);
      }
    }
    assertThat(pictures.test().label(0)).isEqualTo(2); // in the order of the annotations
    assertThat(pictures.test().label(1)).isZero();
    assertThat(pictures.test().pixel(0, 0)).isBetween(196, 204);
  }

  @Test
  void hiddenFilesAreNotLookedAt() throws IOException {
    Files.writeString(root.resolve("train/n01/images/.DS_Store"), "x");
    assertThat(TinyImageNet.read(root).training().size()).isEqualTo(12);
  }

  @Test
  void aStrayFileIsNamed() throws IOException {
    Path stray = Files.writeString(root.resolve("train/n01/images/notes.txt"), "x");
    assertThat(problem()).isEqualTo(stray + ": expected only .JPEG files in this folder");
    Files.delete(stray);
    Path folderOfNoClass = Files.createDirectory(root.resolve("train/n99"));
    assertThat(problem()).isEqualTo(folderOfNoClass + ": is no class in wnids.txt");
  }

  @Test
  void corruptPicturesAreNamed() throws IOException {
    Path file = root.resolve("train/n01/images/n01_2.JPEG");
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "no picture");
    assertThat(problem())
        .isEqualTo(file + ": at byte 0: expected a JPEG picture (0xffd8), found other bytes");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(problem())
        .startsWith(file + ": at byte " + whole.length / 2 + ": expected the mark");
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 2, 60, (byte) 0);
    Files.write(file, damaged);
    assertThat(problem()).startsWith(file + ": is no JPEG picture that can be read: ");
    Files.write(file, jpeg(new BufferedImage(65, 64, BufferedImage.TYPE_INT_RGB)));
    assertThat(problem()).isEqualTo(file + ": is 64 x 65 pixels: expected 64 x 64");
    Path earlier = root.resolve("train/n02/images/n02_3.JPEG"); // n02 is the first class
    Files.writeString(earlier, "neither");
    assertThat(problem()).startsWith(earlier.toString());
  }

  @Test
  void aPictureCutShortIsNamedThoughASmallPictureInItIsWhole() throws IOException {
    Path file = root.resolve("train/n01/images/n01_2.JPEG");
    try (InputStream cut = getClass().getResourceAsStream("truncated-with-thumbnail.JPEG")) {
      Files.write(file, Objects.requireNonNull(cut).readAllBytes());
    }
    assertThat(problem())
        .isEqualTo(
            file
                + ": at byte 1337: expected the mark of a JPEG picture's end (0xffd9), found the end"
                + " of the file");
  }

  @Test
  void aPictureWithoutSomeOfItsDataIsNamedThoughItsEndIsThere() throws IOException {
    Path file = root.resolve("train/n01/images/n01_2.JPEG");
    byte[] whole = jpeg(noise());
    byte[] less = Arrays.copyOf(whole, whole.length / 2 + 2);
    System.arraycopy(whole, whole.length - 2, less, less.length - 2, 2);
    Files.write(file, less);
    assertThat(problem()).startsWith(file + ": is cut short: ").contains("remature end");
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, new Seed(5).below(i, 1 << 24));
    }
    return image;
  }

  @Test
  void labelsThatAreMissingOrTooManyAreNamed() throws IOException {
    Path annotations = root.resolve("val/val_annotations.txt");
    Files.writeString(annotations, "val_1.JPEG\tn03\n");
    assertThat(problem()).isEqualTo(annotations + ": has no label for 'val_0.JPEG'");
    Files.writeString(annotations, "val_1.JPEG\tn03\nval_0.JPEG\tn77\n");
    assertThat(problem())
        .isEqualTo(annotations + ": 'val_0.JPEG\\u0009n77' names no class of wnids.txt");
    Files.writeString(annotations, "../../wnids.txt\tn03\n");
    assertThat(problem()).contains("'../../wnids.txt' is not in ");
    Files.writeString(root.resolve("wnids.txt"), "../..\nn01\n");
    assertThat(problem()).endsWith("'../..' is no class, as n01443537 is");
    Files.writeString(root.resolve("wnids.txt"), "n01\nn01\n");
    assertThat(problem()).endsWith("wnids.txt: expected one class or more, each once");
    Files.delete(root.resolve("wnids.txt"));
    assertThat(problem()).isEqualTo(root + ": no file wnids.txt");
  }

  private String problem() {
    String[] message = new String[1];
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> TinyImageNet.read(folder))
        .satisfies(e -> message[0] = e.getMessage());
    return message[0];
  }

  private static byte[] colour(int red) throws IOException {
    return jpeg(filled(BufferedImage.TYPE_INT_RGB, red, 128, 255 - red));
  }

  private static byte[] grey(int value) throws IOException {
    return jpeg(filled(BufferedImage.TYPE_BYTE_GRAY, value));
  }

  private static BufferedImage filled(int type, int... samples) {
    BufferedImage image = new BufferedImage(64, 64, type);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        image.getRaster().setPixel(x, y, samples);
      }
    }
    return image;
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "jpeg", out)).isTrue();
    return out.toByteArray();
  }
}
