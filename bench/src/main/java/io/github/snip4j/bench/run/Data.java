package io.github.snip4j.bench.run;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Splits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dataset that can be had by name. */
public record Data(String name, Reader reader) {
  /** Reads and splits it. */
  @FunctionalInterface
  public interface Reader {
    /**
     * The three parts, chosen by seed.
     *
     * @param folder where its files are; null for the embedded ones
     */
    Splits read(@Nullable Path folder, Seed seed) throws IOException;
  }

  /** Handwritten digits; embedded. */
  public static final Data MNIST =
      new Data(
          "mnist",
          (folder, seed) -> (folder == null ? Mnist.load() : Mnist.read(folder)).split(seed));

  /** All of them. */
  public static List<Data> all() {
    return List.of(MNIST);
  }
}
