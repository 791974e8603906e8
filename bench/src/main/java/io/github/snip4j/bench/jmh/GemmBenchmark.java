package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.internal.blas.Gemm;
import io.github.snip4j.core.internal.blas.GemmChoice;
import java.util.concurrent.TimeUnit;
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

/** C = op(A) op(B) on each backend; the counter {@code flops} is in GFLOP/s. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class GemmBenchmark {
  /** A backend that cannot be had here fails its part of the benchmark, with the reason. */
  @Param({"simd", "jblas", "scalar"})
  public String backend = "";

  /**
   * Products as {@link ProductShape} reads them; 300 x 784 is fc1 of LeNet-300-100, at batch 100
   * and 1.
   */
  @Param({
    "300x100x784",
    "300x784x100-nt",
    "784x100x300-tn",
    "100x300x784-tt",
    "300x1x784",
    "301x97x783",
    "256x256x256",
    "512x512x512",
    "1024x1024x1024",
    "2048x2048x2048"
  })
  public String shape = "";

  private Gemm gemm = GemmChoice.byName("scalar");
  private ProductShape s = ProductShape.of("1x1x1");
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  /** Fills the matrices. */
  @Setup
  public void fill() {
    gemm = GemmChoice.byName(backend);
    s = ProductShape.of(shape);
    a = MadeUp.uniform("a", s.m() * s.k());
    b = MadeUp.uniform("b", s.k() * s.n());
    c = new float[s.m() * s.n()];
  }

  /** The product; C is returned so that it counts as used. */
  @Benchmark
  public float[] multiply(Flops counter) {
    gemm.multiply(s.transposeA(), s.transposeB(), s.m(), s.n(), s.k(), a, 0, b, 0, c, 0, false);
    counter.flops += s.flops();
    return c;
  }
}
