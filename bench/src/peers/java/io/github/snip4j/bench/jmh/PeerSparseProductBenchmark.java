package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
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
 * {@link SparseProductBenchmark#multiply} by Intel's MKL, on the same numbers; the counter {@code
 * flops} is in GFLOP/s of kept weights.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class PeerSparseProductBenchmark {
  /** Who computes. */
  @Param("MKL")
  public String library = "";

  /** Outputs x inputs of the layer. */
  @Param({"300x784", "512x512", "1024x1024"})
  public String shape = "";

  /** The number of examples. */
  @Param({"128", "100"})
  public int batch;

  /** The share of weights that is pruned, in per cent. */
  @Param({"50", "65", "80", "90", "95", "98", "99", "99.9"})
  public double sparsity;

  private @Nullable MklSparseProduct product;
  private long flops;

  /** Copies what {@link SparseProductBenchmark} multiplies. */
  @Setup
  public void fill() {
    int[] dims = MadeUp.numbers(shape);
    Tensor w = MadeUp.uniform("w", Shape.of(dims[0], dims[1]));
    SparsePattern pattern = MadeUp.pattern(w.shape(), 1 - sparsity / 100);
    float[] kept = pattern.gather(w).toArray();
    float[] x = MadeUp.uniform("x", dims[1] * batch);
    product = new MklSparseProduct(pattern, kept, x, batch);
    flops = 2L * kept.length * batch;
  }

  /** W x. */
  @Benchmark
  public Object multiply(Flops counter) {
    counter.flops += flops;
    MklSparseProduct of = Objects.requireNonNull(product, "fill() comes first");
    of.multiply();
    return of;
  }

  /** Frees the matrices. */
  @TearDown
  public void free() {
    Objects.requireNonNull(product, "fill() comes first").close();
  }
}
