package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A tree like Tiny-ImageNet's with one class. */
public final class TinyTree {
  private TinyTree() {}

  /**
   * Writes it into a new folder.
   *
   * @param name of the class
   */
  public static Path write(Path folder, String name) throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    BufferedImage halves = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 64; i++) {
      halves.setRGB(i % 64, i / 64, 0xffffff);
    }
    assertThat(ImageIO.write(halves, "jpeg", jpeg)).isTrue();
    Path train = Files.createDirectories(folder.resolve("train/n01/images"));
    Path val = Files.createDirectories(folder.resolve("val/images"));
    Files.writeString(folder.resolve("wnids.txt"), "n01\n");
    Files.writeString(folder.resolve("words.txt"), "n01\t" + name + "\n");
    Files.writeString(folder.resolve("val/val_annotations.txt"), "v.JPEG\tn01\n");
    Files.write(val.resolve("v.JPEG"), jpeg.toByteArray());
    for (int i = 0; i < 12; i++) {
      Files.write(train.resolve(i + ".JPEG"), jpeg.toByteArray());
    }
    return folder;
  }
}
