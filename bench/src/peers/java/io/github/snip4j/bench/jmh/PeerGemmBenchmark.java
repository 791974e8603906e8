package io.github.snip4j.bench.jmh;

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

/** C = op(A) op(B) by other libraries; the counter {@code flops} is in GFLOP/s. */
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

  /** Who computes; onnxruntime has no products of transposed matrices. */
  @Param({"OpenBLAS", "MKL", "onnxruntime", "PyTorch"})
  public String library = "";

  private @Nullable PeerProduct product;
  private long flops;

  static PeerProduct product(String library, ProductShape shape, float[] a, float[] b) {
    return switch (library) {
      case "OpenBLAS" -> new OpenBlasProduct(shape, a, b);
      case "MKL" -> new MklProduct(shape, a, b);
      case "onnxruntime" -> new OnnxRuntimeProduct(shape, a, b);
      case "PyTorch" -> new PyTorchProduct(shape, a, b);
      default ->
          throw new IllegalArgumentException(
              "library " + library + ": expected OpenBLAS, MKL, onnxruntime or PyTorch");
    };
  }

  /** Fills the matrices. */
  @Setup
  public void fill() {
    ProductShape s = ProductShape.of(shape);
    float[] a = MadeUp.uniform("a", s.m() * s.k());
    product = product(library, s, a, MadeUp.uniform("b", s.k() * s.n()));
    flops = s.flops();
  }

  /** The product; it is returned so that it counts as used. */
  @Benchmark
  public Object multiply(Flops counter) {
    PeerProduct of = Objects.requireNonNull(product, "fill() comes first");
    of.multiply();
    counter.flops += flops;
    return of;
  }

  /** Frees the matrices. */
  @TearDown
  public void free() {
    Objects.requireNonNull(product, "fill() comes first").close();
  }
}
