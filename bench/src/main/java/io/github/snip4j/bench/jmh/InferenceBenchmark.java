package io.github.snip4j.bench.jmh;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The logits of the paper's networks at the paper's sparsities, for one example and for many; the
 * counter {@code flops} is in GFLOP/s of kept weights.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class InferenceBenchmark {
  /** Networks, sparsities and batches as {@link Workload} reads them. */
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

  /** Whether the network is pruned and how it is stored, as {@link Workload#network} reads it. */
  @Param({"dense", "masked", "sparse"})
  public String variant = "";

  private final Workspace workspace = new Workspace();
  private @Nullable Network network;
  private Tensor x = Tensor.scalar(0);
  private long flops;

  /** Makes the network and its input. */
  @Setup
  public void fill() {
    Workload of = Workload.of(workload);
    Network made = of.network(variant);
    network = made;
    x = of.examples(made).x();
    flops = NetworkFlops.of(made).inference() * of.batch();
  }

  /** Forward, in evaluation mode. */
  @Benchmark
  public Tensor infer(Flops counter) {
    counter.flops += flops;
    Network of = Objects.requireNonNull(network, "fill() comes first");
    return workspace.run(() -> of.forward(Variable.constant(x), Pass.evaluation()).value());
  }
}
