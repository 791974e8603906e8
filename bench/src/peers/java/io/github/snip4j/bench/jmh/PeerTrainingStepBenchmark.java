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
 * The steps of {@link TrainingStepBenchmark} in PyTorch, dense, from the same weights, on the same
 * batch, with as many threads; the counter {@code flops} is in GFLOP/s.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class PeerTrainingStepBenchmark {
  /** The networks and batches that {@link TrainingStepBenchmark} measures. */
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

  private @Nullable PyTorchSteps steps;
  private long flops;

  /** Copies our network and its only batch. */
  @Setup
  public void fill() {
    Workload of = Workload.of(workload);
    Network network = of.network("dense");
    steps = new PyTorchSteps(network, of.examples(network), TrainingStepBenchmark.RATE);
    flops = of.flops(network, "dense").training() * of.batch();
  }

  /** One step. */
  @Benchmark
  public float train(Flops counter) {
    counter.flops += flops;
    return Objects.requireNonNull(steps, "fill() comes first").next();
  }

  /** Frees the tensors. */
  @TearDown
  public void free() {
    Objects.requireNonNull(steps, "fill() comes first").close();
  }
}
