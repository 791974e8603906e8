package io.github.snip4j.bench.cli;

import io.github.snip4j.core.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A dataset in MNIST's format: 50 pictures of noise to train on, 50 to test on. */
public final class SmallMnist {
  /** What a run needs to be told to be quick and to keep its head on noise. */
  public static final List<String> OPTIONS =
      List.of("--batch=20", "--sensitivity-batch=20", "--lr=0.01");

  private SmallMnist() {}

  /** Writes it into a new folder. */
  public static Path write(Path folder) throws IOException {
    Files.createDirectory(folder);
    for (String set : new String[] {"train", "t10k"}) {
      byte[] images = new byte[16 + 50 * 784];
      for (int i = 16; i < images.length; i++) {
        images[i] = (byte) new Seed(8).below(i, 256);
      }
      System.arraycopy(
          new byte[] {0, 0, 8, 3, 0, 0, 0, 50, 0, 0, 0, 28, 0, 0, 0, 28}, 0, images, 0, 16);
      byte[] labels = new byte[8 + 50];
      System.arraycopy(new byte[] {0, 0, 8, 1, 0, 0, 0, 50}, 0, labels, 0, 8);
      labels[20] = 7;
      Files.write(folder.resolve(set + "-images-idx3-ubyte"), images);
      Files.write(folder.resolve(set + "-labels-idx1-ubyte"), labels);
    }
    return folder;
  }
}
