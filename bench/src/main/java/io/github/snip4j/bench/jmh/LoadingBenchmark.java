package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.datasets.Dataset;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.ReusableBatches;
import io.github.snip4j.datasets.augment.Augmentations;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Preparing one batch of pictures of noise, on one core, over an old batch. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class LoadingBenchmark {
  private static final int PICTURES = 50_000;

  /** MNIST's size in batches of 100; CIFAR-10's in batches of 128, plain and augmented. */
  @Param({"mnist-100", "cifar-128", "cifar-128-paper", "cifar-128-affine"})
  public String batch = "";

  private @Nullable ReusableBatches batches;
  private @Nullable Batch old;
  private long step;

  /** Makes the pictures. */
  @Setup
  public void fill() {
    Seed seed = new Seed(1);
    batches =
        switch (batch) {
          case "mnist-100" -> noise(Shape.of(1, 28, 28)).split(seed).train().shuffled(100, seed);
          case "cifar-128" -> noise(Shape.of(3, 32, 32)).split(seed).train().shuffled(128, seed);
          case "cifar-128-paper" ->
              noise(Shape.of(3, 32, 32))
                  .split(seed)
                  .train()
                  .shuffled(128, seed, Augmentations.paper());
          default ->
              noise(Shape.of(3, 32, 32))
                  .split(seed)
                  .train()
                  .shuffled(128, seed, Augmentations.affine());
        };
  }

  private static Pictures noise(Shape example) {
    byte[] pixels = new byte[PICTURES * example.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) new Seed(2).bits(i);
    }
    List<String> names = IntStream.range(0, 10).mapToObj(k -> "class " + k).toList();
    Dataset data = new Dataset(example, names, pixels, new byte[PICTURES]);
    return new Pictures(data, data);
  }

  /** The next batch, over the one before. */
  @Benchmark
  public Batch prepare() {
    ReusableBatches source = Objects.requireNonNull(batches, "fill() comes first");
    step++;
    Batch next = source.at(step % source.batchesPerEpoch(), old);
    old = next;
    return next;
  }
}
