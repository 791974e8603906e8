package io.github.snip4j.bench.cli;

import io.github.snip4j.core.random.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A dataset in MNIST's format: pictures of noise, 50 to train on and 50 to test on, or more. */
public final class SmallMnist {
  /** What a run needs to be told to be quick and to keep its head on noise. */
  public static final List<String> OPTIONS =
      List.of("--batch=20", "--sensitivity-batch=20", "--lr=0.01");

  private SmallMnist() {}

  /** Writes it into a new folder: all but one are of class 0. */
  public static Path write(Path folder) throws IOException {
    byte[] labels = new byte[50];
    labels[12] = 7;
    return write(folder, labels);
  }

  /** Writes so many to train on, and as many to test on, of each class in turn. */
  static Path write(Path folder, int count) throws IOException {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return write(folder, labels);
  }

  private static Path write(Path folder, byte[] labels) throws IOException {
    Files.createDirectory(folder);
    Seed seed = new Seed(8);
    ByteBuffer images = ByteBuffer.allocate(16 + labels.length * 784);
    images.putInt(0x803).putInt(labels.length).putInt(28).putInt(28);
    while (images.hasRemaining()) {
      images.put((byte) seed.below(images.position(), 256));
    }
    ByteBuffer classes = ByteBuffer.allocate(8 + labels.length);
    classes.putInt(0x801).putInt(labels.length).put(labels);
    for (String set : new String[] {"train", "t10k"}) {
      Files.write(folder.resolve(set + "-images-idx3-ubyte"), images.array());
      Files.write(folder.resolve(set + "-labels-idx1-ubyte"), classes.array());
    }
    return folder;
  }
}
