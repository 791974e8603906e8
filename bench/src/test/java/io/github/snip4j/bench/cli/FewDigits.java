package io.github.snip4j.bench.cli;

import io.github.snip4j.datasets.Mnist;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The first pictures of MNIST in a folder of their own: what is learned from them is worth
 * something, and a run with them neither unpacks 70,000 pictures nor is tested on 10,000.
 */
final class FewDigits {
  /** 1,800 to train on, 200 to validate on. */
  static final int TRAINING = 2_000;

  static final int TEST = 500;

  private FewDigits() {}

  /** Writes them into a folder, if they are not there yet; returns it. */
  static Path in(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectory(folder);
      write(folder, "train", TRAINING);
      write(folder, "t10k", TEST);
    }
    return folder;
  }

  private static void write(Path folder, String set, int count) throws IOException {
    cut(folder, set + "-images-idx3-ubyte", count, 16, 784);
    cut(folder, set + "-labels-idx1-ubyte", count, 8, 1);
  }

  private static void cut(Path folder, String name, int count, int head, int each)
      throws IOException {
    try (InputStream packed =
            Objects.requireNonNull(
                Mnist.class
                    .getClassLoader()
                    .getResourceAsStream("META-INF/mnist/" + name + ".gz"));
        InputStream in = new GZIPInputStream(packed)) {
      byte[] bytes = in.readNBytes(head + count * each);
      ByteBuffer.wrap(bytes).putInt(4, count);
      Files.write(folder.resolve(name), bytes);
    }
  }
}
