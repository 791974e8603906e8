package io.github.snip4j.bench.jmh;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.github.snip4j.core.internal.parallel.Parallel;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
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
 * C = op(A) op(B) by bytedeco's current OpenBLAS, on matrices outside of the heap, so that nothing
 * is copied; the counter {@code flops} is in GFLOP/s.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class PeerGemmBenchmark {
  /** The products that {@link GemmBenchmark} measures. */
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

  private ProductShape s = ProductShape.of("1x1x1");
  private FloatPointer a = new FloatPointer();
  private FloatPointer b = new FloatPointer();
  private FloatPointer c = new FloatPointer();

  /** Fills the matrices. */
  @Setup
  public void fill() {
    blas_set_num_threads(Parallel.threads());
    s = ProductShape.of(shape);
    a = new FloatPointer(MadeUp.uniform("a", s.m() * s.k()));
    b = new FloatPointer(MadeUp.uniform("b", s.k() * s.n()));
    c = new FloatPointer(new float[s.m() * s.n()]);
  }

  /** Frees them. */
  @TearDown
  public void free() {
    a.close();
    b.close();
    c.close();
  }

  /** The product; C is returned so that it counts as used. */
  @Benchmark
  public FloatPointer multiply(Flops counter) {
    cblas_sgemm(
        CblasRowMajor,
        s.transposeA() ? CblasTrans : CblasNoTrans,
        s.transposeB() ? CblasTrans : CblasNoTrans,
        s.m(),
        s.n(),
        s.k(),
        1f,
        a,
        s.transposeA() ? s.m() : s.k(),
        b,
        s.transposeB() ? s.k() : s.n(),
        0f,
        c,
        s.n());
    counter.flops += s.flops();
    return c;
  }
}
