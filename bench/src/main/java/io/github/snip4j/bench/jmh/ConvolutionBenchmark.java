package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.internal.conv.Filters;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
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
 * A convolution and both its gradients, dense and with the weights that SNIP leaves in that layer,
 * at random places. The counter {@code flops} is in GFLOP/s of kept weights; what is multiplied by
 * padding counts too.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class ConvolutionBenchmark {
  /**
   * Layers as {@link ConvolutionLayer} reads them: the VGG-like network's, then LeNet-5-Caffe's.
   */
  @Param({
    "64-64-3-32-32",
    "128-128-3-16-32",
    "256-256-3-8-32",
    "512-512-3-4-32",
    "512-512-3-2-32",
    "64-64-3-32-128",
    "128-128-3-16-128",
    "256-256-3-8-128",
    "512-512-3-4-128",
    "512-512-3-2-128",
    "1-20-5-28-100",
    "20-50-5-12-100"
  })
  public String layer = "";

  /** {@code dense}, {@code snip}, or the share that is kept, in per cent. */
  @Param({"dense", "snip"})
  public String density = "";

  private final Workspace workspace = new Workspace();
  private @Nullable Filters filters;
  private Tensor x = Tensor.scalar(0);
  private Tensor dy = Tensor.scalar(0);
  private long flops;

  /** Makes the layer, its input, and the gradient by its output. */
  @Setup
  public void fill() {
    ConvolutionLayer of = ConvolutionLayer.of(layer);
    Tensor w = MadeUp.uniform("w", of.weights());
    Structure structure = Structure.whole(w.shape());
    if (!density.equals("dense")) {
      double share = density.equals("snip") ? of.snipDensity() : Double.parseDouble(density) / 100;
      structure = MadeUp.pattern(w.shape(), share);
    }
    filters = Filters.of(structure, structure.gather(w), of.spec());
    x = MadeUp.uniform("x", of.input());
    dy = MadeUp.uniform("dy", of.output());
    flops = 2L * structure.count() * (dy.size() / w.shape().dim(0));
  }

  /** The convolution. */
  @Benchmark
  public Tensor forward(Flops counter) {
    counter.flops += flops;
    return workspace.run(() -> filters().forward(x, null));
  }

  /** The gradient by the input. */
  @Benchmark
  public Tensor inputGradient(Flops counter) {
    counter.flops += flops;
    return workspace.run(() -> filters().inputGradient(dy, x.shape()));
  }

  /** The gradient by the weights. */
  @Benchmark
  public Tensor weightGradient(Flops counter) {
    counter.flops += flops;
    return workspace.run(() -> filters().weightGradient(dy, x));
  }

  private Filters filters() {
    return Objects.requireNonNull(filters, "fill() comes first");
  }
}
