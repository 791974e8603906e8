package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.blas.Gemm;
import io.github.snip4j.core.blas.GemmChoice;
import io.github.snip4j.core.random.Seed;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.AuxCounters;
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

/** C = A B on each backend; the counter {@code flops} is in GFLOP/s. */
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

  /** Rows of A x columns of B x length of the sums; the first is fc1 of LeNet-300-100. */
  @Param({"300x100x784", "256x256x256", "1024x1024x1024"})
  public String shape = "";

  private Gemm gemm = GemmChoice.byName("scalar");
  private int m;
  private int n;
  private int k;
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  /** Counts the arithmetic: a multiplication and an addition for each term of each sum. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Flops {
    public long flops;
  }

  /** Fills the matrices. */
  @Setup
  public void fill() {
    gemm = GemmChoice.byName(backend);
    int[] dims = Pattern.compile("x").splitAsStream(shape).mapToInt(Integer::parseInt).toArray();
    m = dims[0];
    n = dims[1];
    k = dims[2];
    a = uniform(1, m * k);
    b = uniform(2, k * n);
    c = new float[m * n];
  }

  private static float[] uniform(long seed, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (2 * new Seed(seed).uniform(i) - 1);
    }
    return values;
  }

  /** The product; C is returned so that it counts as used. */
  @Benchmark
  public float[] multiply(Flops counter) {
    gemm.multiply(false, false, m, n, k, a, 0, b, 0, c, 0, false);
    counter.flops += 2L * m * n * k;
    return c;
  }
}
