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
 * The logits of {@link InferenceBenchmark} in PyTorch, dense, with the same weights and as many
 * threads; the counter {@code flops} is in GFLOP/s.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class PeerInferenceBenchmark {
  /** The networks and batches that {@link InferenceBenchmark} measures. */
  @Param({
    "lenet-300-100-98-1",
    "lenet-300-100-98-1000",
    "lenet-5-caffe-99-1",
    "lenet-5-caffe-99-1000",
    "lstm-s-95-1",
    "lstm-s-95-1000",
    "gru-s-95-1",
    "gru-s-95-1000",
    "vgg-like-97-1",
    "vgg-like-97-128",
    "wrn-16-8-95-1",
    "wrn-16-8-95-32"
  })
  public String workload = "";

  private @Nullable PyTorchInference inference;
  private long flops;

  /** Copies our network and its input. */
  @Setup
  public void fill() {
    Workload of = Workload.of(workload);
    Network network = of.network("dense");
    inference = new PyTorchInference(network, of.examples(network).x());
    flops = NetworkFlops.of(network).inference() * of.batch();
  }

  /** Forward. */
  @Benchmark
  public float[] infer(Flops counter) {
    counter.flops += flops;
    return Objects.requireNonNull(inference, "fill() comes first").logits();
  }

  /** Frees the tensors. */
  @TearDown
  public void free() {
    Objects.requireNonNull(inference, "fill() comes first").close();
  }
}
