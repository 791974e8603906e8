package io.github.snip4j.bench.jmh;

import io.github.snip4j.nn.Network;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps of training the paper's networks at the paper's sparsities and batches: forward, backward,
 * update. The counter {@code flops} is in GFLOP/s of kept weights. With {@code -prof gc}, {@code
 * gc.alloc.rate.norm} is in bytes per step; for LeNet-300-100 compare it with {@link
 * #ACTIVATION_BYTES}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class TrainingStepBenchmark {
  /**
   * What the five layers of LeNet-300-100 put out in a forward pass at batch 100: 4 x 100 x (300 +
   * 300 + 100 + 100 + 10).
   */
  public static final long ACTIVATION_BYTES = 4L * 100 * (300 + 300 + 100 + 100 + 10);

  static final double RATE = 1e-3;

  /**
   * Networks, sparsities and batches as {@link Workload} reads them. The batch of {@code wrn-16-8}
   * is 128 in the paper: 8 seconds a step.
   */
  @Param({
    "lenet-300-100-98-100",
    "lenet-5-caffe-99-100",
    "lstm-s-95-100",
    "gru-s-95-100",
    "vgg-like-97-128",
    "wrn-16-8-95-32",
    "resnet-18-onnx-95-32",
    "decoder-90-16"
  })
  public String workload = "";

  /** Whether the network is pruned and how it is stored, as {@link Workload#network} reads it. */
  @Param({"dense", "masked", "sparse"})
  public String variant = "";

  private @Nullable Steps steps;
  private float loss;
  private long flops;

  /** Makes the network and its only batch. */
  @Setup
  public void fill() {
    Workload of = Workload.of(workload);
    Network network = of.network(variant);
    steps = new Steps(network, of.examples(network), RATE);
    flops = of.flops(network, variant).training() * of.batch();
  }

  /** One step. */
  @Benchmark
  public float train(Flops counter) {
    counter.flops += flops;
    loss = Objects.requireNonNull(steps, "fill() comes first").next();
    return loss;
  }

  /** A training that diverges is no work to measure. */
  @TearDown
  public void check() {
    if (!Float.isFinite(loss)) {
      throw new IllegalStateException(workload + ", " + variant + ": the loss is " + loss);
    }
  }
}
