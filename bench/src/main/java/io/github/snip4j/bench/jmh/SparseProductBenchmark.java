package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.internal.sparse.Matrix;
import io.github.snip4j.core.tensor.Shape;
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
 * The three products of a linear layer of which some weights are pruned, at random places; sparsity
 * 0 is our dense product, which the others are compared with. The counter {@code flops} is in
 * GFLOP/s of kept weights.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class SparseProductBenchmark {
  /** Outputs x inputs of the layer. */
  @Param({"300x784", "512x512", "1024x1024"})
  public String shape = "";

  /** The number of examples. */
  @Param({"128", "100", "1"})
  public int batch;

  /** The share of weights that is pruned, in per cent. */
  @Param({"0", "50", "65", "80", "90", "95", "98", "99", "99.9"})
  public double sparsity;

  private final Workspace workspace = new Workspace();
  private @Nullable Matrix matrix;
  private Tensor x = Tensor.scalar(0);
  private Tensor dy = Tensor.scalar(0);
  private long flops;

  /** Makes the layer, its input, and the gradient by its output. */
  @Setup
  public void fill() {
    int[] dims = MadeUp.numbers(shape);
    Tensor w = MadeUp.uniform("w", Shape.of(dims[0], dims[1]));
    Structure structure =
        sparsity == 0 ? Structure.whole(w.shape()) : MadeUp.pattern(w.shape(), 1 - sparsity / 100);
    matrix = Matrix.of(structure, structure.gather(w));
    x = MadeUp.uniform("x", Shape.of(dims[1], batch));
    dy = MadeUp.uniform("dy", Shape.of(dims[0], batch));
    flops = 2L * structure.count() * batch;
  }

  /** W x: forward. */
  @Benchmark
  public Tensor multiply(Flops counter) {
    counter.flops += flops;
    return workspace.run(() -> matrix().multiply(x, null));
  }

  /** W<sup>T</sup> dy: the gradient by the input. */
  @Benchmark
  public Tensor transposed(Flops counter) {
    counter.flops += flops;
    return workspace.run(() -> matrix().multiplyTransposed(dy));
  }

  /** dy x<sup>T</sup> at the kept places: the gradient by the values. */
  @Benchmark
  public Tensor sampled(Flops counter) {
    counter.flops += flops;
    return workspace.run(() -> matrix().gradient(dy, x));
  }

  private Matrix matrix() {
    return Objects.requireNonNull(matrix, "fill() comes first");
  }
}
