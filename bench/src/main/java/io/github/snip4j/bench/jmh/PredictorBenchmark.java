package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.predict.Predictor;
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
 * How long one answer takes, as a service gives it: of a {@link Predictor}, and beside it of the
 * network itself. Each call is timed by itself, so that there are a median and a 99th percentile
 * (p0.50 and p0.99). With {@code -t 8} eight threads ask the same predictor; {@code -bm thrpt}
 * counts their answers.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class PredictorBenchmark {
  /** See {@link Workload}; the batch is 1. */
  @Param({
    "lenet-300-100-98-1",
    "lenet-5-caffe-99-1",
    "lstm-s-95-1",
    "gru-s-95-1",
    "vgg-like-97-1",
    "wrn-16-8-95-1"
  })
  public String workload = "";

  /** See {@link Workload#network}. */
  @Param({"dense", "sparse"})
  public String variant = "";

  private @Nullable Network network;
  private @Nullable Predictor predictor;
  private Tensor x = Tensor.scalar(0);
  private float[] example = {};

  /** An array of outputs, and a workspace, for each thread that asks. */
  @State(Scope.Thread)
  public static class Asking {
    final Workspace workspace = new Workspace();
    float[] outputs = {};

    /** Makes room for the outputs. */
    @Setup
    public void fill(PredictorBenchmark shared) {
      outputs = new float[Objects.requireNonNull(shared.network).outputs()];
    }
  }

  /** Makes the network, its predictor and an example. */
  @Setup
  public void fill() {
    Workload of = Workload.of(workload);
    Network made = of.network(variant);
    network = made;
    predictor = Predictor.of(made);
    x = of.examples(made).example(0).x();
    example = x.toArray();
  }

  /** By the plan, without allocation. */
  @Benchmark
  public float[] predict(Asking asking) {
    Objects.requireNonNull(predictor, "fill() comes first").predict(example, asking.outputs);
    return asking.outputs;
  }

  /** By the kernels that are made for many examples. */
  @Benchmark
  public Tensor logits(Asking asking) {
    Network of = Objects.requireNonNull(network, "fill() comes first");
    return asking.workspace.run(() -> of.logits(x));
  }
}
