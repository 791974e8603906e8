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
import org.openjdk.jmh.annotations.Warmup;

/** What {@link PredictorBenchmark} measures, by a loop that is written by hand. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class CsrPredictorBenchmark {
  /** See {@link Workload}; linear layers alone. */
  @Param("lenet-300-100-98-1")
  public String workload = "";

  private @Nullable CsrNetwork network;
  private float[] example = {};

  /** The arrays of each thread that asks. */
  @State(Scope.Thread)
  public static class Asking {
    float[][] arrays = {};

    /** Makes room for the outputs of the layers. */
    @Setup
    public void fill(CsrPredictorBenchmark shared) {
      arrays = Objects.requireNonNull(shared.network).arrays();
    }
  }

  /** Makes the network, pruned, and an example. */
  @Setup
  public void fill() {
    Workload of = Workload.of(workload);
    Network made = of.network("sparse");
    network = CsrNetwork.of(made);
    example = of.examples(made).example(0).x().toArray();
  }

  /** One answer. */
  @Benchmark
  public float[] predict(Asking asking) {
    CsrNetwork of = Objects.requireNonNull(network, "fill() comes first");
    return of.predict(example, asking.arrays);
  }
}
